# アンケート: the sheets, the page and the commands.
survey-sheet-title = Survey
survey-sheet-whose = To { $name }
survey-sheet-cover = To answer callers correctly we would like to know the following. Please fill in the answers below and send the sheet back. What you do not know may stay empty.
survey-sheet-due = Please answer by { $day }
survey-sheet-number = No.
survey-sheet-question = Question
survey-sheet-answer = Answer
survey-sheet-list-lead = { $name }  Return to / questions: { $desk }
survey-file = survey
survey-file-list = survey_list
survey-file-report = survey_report
survey-source = survey { $name }

survey-no-sheet = { $file }: no survey sheet of this desk in it. Choose the Excel file (.xlsx) that came back. Nothing was changed.
survey-not-answer = { $file } [{ $sheet }] { $cell }: none of the possible answers; it stays unconfirmed.
survey-whose = { $file } [{ $sheet }] { $cell }: it is not known which office answered. Check its name and number, and make its sheet again or enter the answers by hand.
survey-other = { $file } [{ $sheet }] { $cell }: this survey was not made at this desk.
survey-older = { $file } [{ $sheet }] { $cell }: a newer answer of this office is there already; it was not taken in.
survey-newer = { $name }: { $count } items that the directory knows more recently stay as they are.

survey-all = All
survey-no-answer = No answer
survey-column-by = By
survey-column-group = Group
survey-column-asked = Asked
survey-column-answered = Answered
survey-column-rate = Rate
survey-column-count = Count
survey-column-percent = Percent
survey-report-rates = Response
survey-report-results = Results
survey-report-missing = Not answered

done-make-survey = Survey made
done-read-survey = Survey answers read in

survey-read = Survey answers read: { $count } (read before: { $known }). New in the directory: { $abilities } answers.

survey-none = There is no survey yet.
survey-no-such = There is no survey { $id }. See madoguchi survey list.
survey-no-such-code = { $code } is not in list { $list }.
survey-nobody = No such office. Check kinds and areas.
survey-needs = A survey needs a name and at least one question.

survey-page = Surveys
survey-empty = There is no survey yet.
survey-about = Sheets (Excel) with questions about abilities and questions of your own for offices of the directory. Answers come into the directory with their source and day.
survey-head = { $view }  made { $made }  due { $due }
survey-by-kind = By kind
survey-by-area = By area
survey-not-known = Not set
survey-add-title = Make a survey
survey-add-about = One question a line; with answers to choose from: question|answer|answer. No kinds or areas: all offices. No folder: no sheets yet.
survey-same-name = There is a survey of this name.
survey-read-title = Read survey answers
survey-no-phone = There is no telephone number.
field-survey-name = Name
field-survey-due = Due
field-survey-kinds = Kinds
field-survey-areas = Areas
field-survey-accepting = Acceptance now
field-survey-abilities = Abilities
field-survey-questions = Own questions
field-survey-cover = Cover text
field-survey-folder = Folder
survey-all-answered = All offices have answered.
survey-no-such-form = The form is .csv, .xlsx, .html or .pdf. Change the ending of the file's name.
