# The first screen.
start-title = To begin
start-welcome = Welcome. There is no desk here yet. Please choose.
start-folder = The data lie in: { $folder }
start-1-demo = 1  Try it (a fictional city with fictional cases)
start-2-desk = 2  Set up your desk (its name and the first operator)
start-3-language = 3  日本語
start-4-practice = 4  Practise (a first call in the demo, about two minutes)
start-desk = The name of the desk, the name of its first operator, and their passphrase. They become its supervisor.
start-missing = Please fill this in. It can be changed later.
start-waiting = Getting ready.
