# On paper: forms, the check of the recipient, what cannot be opened
print-template-syntax = The template { $file } cannot be read as one at line { $line } ({ $near }). Correct it, or rename the file to use the standard form.
print-template-unknown = Line { $line } of the template { $file } names something that this form does not have ({ $near }). Correct the name.
print-template-other = Line { $line } of the template { $file } cannot be done ({ $near }). Other files cannot be used.
print-template-unreadable = The template { $file } cannot be read ({ $why }). Correct the file or move it away.
print-not-written = The page cannot be written ({ $why }): { $file }
print-not-opened = The browser did not open. The page is here (it is removed when the program ends): { $file }
print-opened = The page is open in the browser. Print it from there.
print-no-pdf-browser = A PDF needs Chromium, Chrome or Edge, and none is installed. Leave out --pdf to write HTML, and print it from a browser.
print-pdf-failed = { $browser } could not make the PDF. Leave out --pdf to write HTML, and print it from a browser.
print-pdf-hung = { $browser } was ended: it had not finished the PDF after { $seconds } seconds. Try again, or leave out --pdf to write HTML, and print it from a browser.
print-pdf-begun = The PDF is being made.
print-not-begun = The PDF cannot be begun ({ $why }).
print-kept = Written: { $file }
print-no-folder = No folder for printed files is set. Set it under Keeping, Settings.
print-folder-gone = The folder for printed files is not there: { $folder }. Check it under Keeping, Settings.
print-fax-pdf = The number is right: make a PDF in the folder for papers
print-no-fax = { $office } has no FAX number. Check and enter it in the directory ({ $id }).
print-no-open-case = This case is closed. A cover sheet is made from an open case.
print-fax-title = FAX cover sheet to the doctor
print-fax-to = To
print-fax-doctor = Dr. { $doctor }
print-fax-number = F A X
print-fax-none = No FAX number is known. Enter it in the directory, or choose another recipient.
print-fax-check = Check the number against a card or a list.
print-fax-about = About
print-fax-initials = { $initials } (initials)
print-fax-by-hand = initials by hand (the reading is not known)
print-fax-full = { $name } (the full name is shown)
print-fax-two = There is much text: it takes 2 pages (marked 1 / 2 and 2 / 2, with the reply slip on the second).
print-fax-too-long = { $field ->
    [office] The name of the recipient
    [department] The department of the recipient
    [doctor] The doctor's name
    [fax] The FAX number of the recipient
    [phone] The phone number of the recipient
    [desk] The desk's name or number
    [founder] The body that runs the desk
    [operator] The operator's name
    [name] The person's name
    [area] The area
    [topics] What it is about
   *[other] The case's number or the initials
} has { $count } characters; two pages do not hold that. Shorten it by about { $over }.
print-fax-make = The number is right: make the page
print-fax-show-name = Show the full name
print-fax-hide-name = Back to initials
print-fax-other = Choose another recipient
print-offices-title = Recipient of the cover sheet
print-offices-about = Search by name, reading, town
print-offices-none = No office fits
