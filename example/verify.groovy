// Runs after the build of one of the two projects, named by the variable "project".
//
// A line "// fault: SomeRule" in the sources announces that the line below it will be reported, by
// that rule. This fails unless the compiler reports just that: a fault on which it is silent is one
// failure, and everything else that it has to say another.

File root = basedir // where this script is
File copy = new File(root, "target/it-$project/$project")

Set<String> announced = new TreeSet<>()
List<String> rules = []
new File(copy, 'src').eachFileRecurse { file ->
  if (!file.name.endsWith('.java')) {
    return
  }
  String path = copy.toPath().relativize(file.toPath()).join('/')
  file.readLines('UTF-8').eachWithIndex { line, index ->
    def fault = line =~ /\/\/ fault: *(.*)/
    if (fault) {
      announced << "$path:${index + 2} ${fault[0][1]}".toString()
      rules << fault[0][1]
    }
  }
}

Set<String> reported = new TreeSet<>()
boolean compiling = false
new File(copy, 'build.log').eachLine('UTF-8') { line ->
  if (line =~ /^\[INFO\] (--- |BUILD )/) {
    compiling = line =~ /^\[INFO\] --- (maven-)?compiler(-plugin)?:/
  } else if (compiling) {
    // "[WARNING] /where/ever/src/main/java/A.java:[12,5] [SomeRule] what is wrong", and [INFO] for a suggestion
    def finding = line.replace('\\', '/') =~ /.*\/(src\/(?:main|test)\/.+\.java):\[(\d+),\d+\] \[(\w+)\] /
    if (finding) {
      reported << "${finding[0][1]}:${finding[0][2]} ${finding[0][3]}".toString()
    } else if (line =~ /^\[(WARNING|ERROR)\] (?!COMPILATION )/) {
      reported << line
    }
  }
}

def differences =
    (reported - announced).collect { "reported, but announced by no comment: $it" } +
    (announced - reported).collect { "announced by a comment, but not reported: $it" }
if (differences) {
  throw new AssertionError(differences.join('\n'))
}

if (project == 'clean') {
  assert announced.empty, 'a clean project has no faults'
  def ran = new File(copy, 'build.log').text =~ /(?m)^\[INFO\] Tests run: (\d+), .*, Skipped: 0$/
  assert ran && ran[0][1].toInteger() > 0, 'no test ran, or some were skipped'
} else {
  assert !rules.empty
  assert rules == rules.unique(false), 'one fault for each rule'
}

// People copy the poms as they are, and the README shows the lines between the two comments.
def pom = { name -> new File(root, "$name/pom.xml").getText('UTF-8') }
def lines = { name -> (pom(name) =~ /(?s)<!-- bowline: begin -->.*<!-- bowline: end -->/)[0] }
assert pom(project).contains("<version.bowline>$bowlineVersion</version.bowline>")
assert lines('clean') == lines('faulty')
