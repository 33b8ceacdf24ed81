# Headings
cli-heading-usage = Usage:
cli-heading-commands = Commands
cli-heading-arguments = Arguments
cli-heading-options = Options
cli-heading-global = Options of every command
cli-value-command = COMMAND

# For every command
cli = The front desk of a home care consultation centre. Without a command it opens the screen.
cli-arg-data = Data folder (the usual place of this computer without it)
cli-arg-lang = Language: ja (Japanese) or en (English)
cli-arg-keymap = Keymap: default, vim, function-keys, or a file
cli-arg-passphrase-file = File with the passphrase in its first line (also by MADOGUCHI_PASSPHRASE_FILE)
cli-arg-json = Print the result as JSON for other programs
cli-arg-ascii = Draw borders with +-|
cli-arg-help = Print this help
cli-arg-version = Print the version

# keys
cli-keys = Show the keymap in force, or with --check what is wrong with a keymap file
cli-keys-arg-check = File to check; what is wrong is told with its line
cli-keys-arg-print = Print the keymap in force as a keymap file
cli-keys-sound = { $file }: nothing is wrong.
cli-keys-refused = { $file }: rows that cannot be used: { $count }. Until they are put right, those keys stay as they were.
cli-keys-unreadable = { $file } cannot be read ({ $why }). Check the name, and that it is UTF-8 text.

# completions
cli-completions = Print the completion script of a shell
cli-completions-arg-shell = Shell: bash, elvish, fish, powershell, zsh

# office
cli-office = Searches, lists, imports and exports the directory of offices
cli-office-search = Finds offices (romaji, kana, kanji, part of a phone number)
cli-office-search-arg-query = What to look for; of several words all must be there
cli-office-list = Lists the offices by their reading
cli-office-show = Shows one office in full
cli-office-show-arg-id = The code at the left of the list (its first characters will do)
cli-office-import = Imports lists of offices (CSV, Excel, JSON)
cli-office-import-arg-files = The files
cli-office-import-arg-dry-run = Only show what would change
cli-office-export = Writes the directory to a file
cli-office-export-arg-file = The file; its ending (.csv, .xlsx, .json) says the kind
cli-office-export-arg-cp932 = Write CSV in Shift_JIS (CP932)
cli-no-chance = No random numbers can be had ({ $why }).
cli-record-unreadable = The record { $record } can't be read. Check with madoguchi verify.

# Wrong usage
cli-unknown-argument = { $argument } is not known here.
cli-unknown-command = There is no command { $command }.
cli-suggested = Did you mean { $nearest }?
cli-value-missing = { $argument } needs a value.
cli-value-wrong = { $argument } cannot be “{ $value }”.
cli-value-not-one-of = { $argument } cannot be “{ $value }”. It can be { $valid }.
cli-argument-missing = Give { $argument }.
cli-arguments-conflict = { $argument } and { $other } cannot be used together.
cli-not-utf8 = Part of the command line is no text. Write it in UTF-8.
cli-wrong-usage = The command line makes no sense.
cli-see-help = See madoguchi --help.
cli-output-failed = The result cannot be written ({ $why }).
