// Opens a heap dump at a jshell prompt:
//
//   jshell -R-Xmx2g -R-Ddump=service.hprof --class-path heapgauge-cli.jar explore.jsh
//
// Then heap is the dump: heap.summarize(), heap.all("com.acme.Session"), heap.at(0x7f00a0L).parents() ...

import io.heapgauge.analysis.explore.*;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.jsonl.ExportProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;
import java.util.regex.Pattern;
import java.util.stream.*;

/** Prints anything in full; what jshell itself shows of a value is cut. */
void print(Object what) { System.out.println(String.valueOf(what).stripTrailing()); }

/** The file that -R-Ddump names. */
Path dump() {
    String name = System.getProperty("dump");
    if (name == null) {
        throw new IllegalStateException("no dump: start jshell with -R-Ddump=FILE, or say heap = Heap.open(Path.of(\"FILE\"))");
    }
    return Path.of(name);
}

Heap heap = Heap.open(dump())
print(heap)
