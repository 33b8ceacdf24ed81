# The keys of a sealed desk: why it stays closed, and why something about the keys was not done.
vault-wrong = The passphrase is wrong.
vault-recovery-slip = There is a slip in the recovery key. Compare it with the printed one, four letters at a time.
vault-code-needed = Enter the six digits that your authenticator shows as well.
vault-code-wrong = The code is wrong or was used already. Enter the next one that your authenticator shows.
vault-wait = After several wrong tries, please wait { $seconds } more seconds.
vault-no-keys = There is no keys file (keys) in { $folder }. Put keys back from a backup.
vault-damaged = Neither the keys file { $file } nor its copy (keys.copy) can be read. Nothing was changed. Put keys back from a backup.
vault-foreign = The keys file { $file } was altered by somebody who has no key to this desk. It was not opened. Do not use this computer; restore a backup on another one.
vault-older = The keys file { $file } was replaced by an older one than was used here before. Put the newer one back, or, if you restored a backup, open the desk with the recovery key.
vault-no-chance = There was not enough randomness or memory to make a key. Nothing was changed. Close other programs and try again.
vault-taken = This passphrase cannot be used. Choose another one.
vault-no-slot = This operator has no key.
vault-has-slot = This operator has a key already.
vault-last-operator = The last operator cannot be removed. Add another operator first.
vault-locked = The desk is locked. Open it with a passphrase first.
