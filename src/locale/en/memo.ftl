# The signs of a memo (@ # > ! * ;) and the list that each opens.
memo-signs = @caller #topic >office !next, due *meeting ;canned text
memo-place = What you type replaces the braces. { $next } next place
memo-meeting = meeting
memo-meeting-about = for the next meeting
memo-list-caller = Caller
memo-list-topic = Topic
memo-list-office = Office
memo-list-next = What is next, until when
memo-list-meeting = Meeting
memo-list-canned = Canned text
memo-list-keys = { $up } { $down } choose  { $enter } put in  { $close } close
memo-next-about = due, and what is to be done
memo-next-tomorrow = tomorrow
memo-next-week = in a week
memo-next-month-end = end of the month
memo-next-month = in a month
