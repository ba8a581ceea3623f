"""What this floor announces. Sent inside the transaction; receivers may write, and may refuse by raising."""

from django.dispatch import Signal

#: A learner met the completion rule of a course. Sent once per enrolment with enrolment_id and person_id.
course_completed = Signal()

#: An intervision or supervision meeting of a person is confirmed. Sent with presence_id and person_id.
meeting_confirmed = Signal()

#: The number of free seats of a cohort changed. Sent with cohort_id; pages that show seats are out of date.
seats_changed = Signal()
