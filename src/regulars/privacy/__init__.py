"""Personal data: what is kept of a person, and how it is removed. Functions take a Workspace.

person       find_person, person_of: who is meant, all joined records
exporting    export_person: all that is known, as JSON and CSV
erasing      erase, finish, register_place
kept_out     the list of erased people: is_suppressed, allow_again, keep_suppressed_out
contact      consents_of, record_consent, may_contact
retention    due, apply: what the company keeps for some years only
"""
