/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.explore.Heap;
import io.heapgauge.analysis.explore.HeapObject;
import io.heapgauge.analysis.oracle.RandomHeap;
import io.heapgauge.analysis.store.ScratchBudgetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 2,000 files of JSON lines, each spoiled in some places, opened and asked everything: answers, or errors that name the file;
 * never a hang, never more memory than 128 MB of Java heap. Run in a JVM of its own with that heap.
 */
class MutatedLinesTest {
    private static final int MUTATIONS = 2_000;
    private static final String[] WORDS = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "\n",
        "-1",
        "0",
        "18446744073709551617",
        "1e999",
        "null",
        "true",
        "\\u12",
        "\"refs\": [",
        "\"type\": 5",
        "\"address\": \"x\"",
        "{\"address\": ",
        "99999999999999999999999999999",
        "[[[[[[[[[[",
        "\"t\": 9",
        "\"super\": 0",
        "{\"class\": 0, \"name\": \"x\"}",
        "{\"root\": 16, \"kind\": \"OTHER\"}",
        "\u0000",
        "\u00ff"
    };

    /** So that nothing of what is asked can be left out. */
    private static long answers;

    @TempDir
    private Path directory;

    @Test
    void two_thousand_spoiled_files_are_answered_or_refused_in_128_megabytes() throws Exception {
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx128m",
                        "-XX:MaxDirectMemorySize=256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MutatedLinesTest.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(9, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        String output = Files.readString(log);
        assertThat(ended).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output).contains("asked " + MUTATIONS + " files").containsPattern("refused [1-9]");
    }

    /** Runs in a JVM of its own. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        List<byte[]> originals = originals(directory);
        int refused = 0;
        for (int seed = 0; seed < MUTATIONS; seed++) {
            Random random = new Random(seed);
            byte[] spoiled = spoil(originals.get(seed % originals.size()), random);
            Path file = directory.resolve("spoiled.jsonl");
            Files.write(file, spoiled);
            try (Heap heap = Heap.open(
                    file,
                    AnalysisRequest.builder()
                            .directScratch()
                            .scratchBudgetBytes(200 << 20)
                            .build())) {
                ask(heap, random);
            } catch (IOException | UncheckedIOException | ScratchBudgetException e) {
                refused++;
                if (!(e instanceof ScratchBudgetException)
                        && !String.valueOf(e.getMessage()).contains("spoiled.jsonl")) {
                    throw new AssertionError("seed " + seed + ": the message does not name the file", e);
                }
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        System.out.println("asked " + MUTATIONS + " files, refused " + refused + ", " + answers);
    }

    private static List<byte[]> originals(Path directory) throws IOException {
        List<byte[]> originals = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            Path dump = new RandomHeap(seed).heap.write(directory.resolve("original.hprof"));
            Path lines = directory.resolve("original" + seed + ".jsonl");
            try (Heap heap = Heap.open(dump)) {
                heap.export(lines, seed % 2 == 0 ? ExportProfile.LOSSLESS : ExportProfile.MELIAE);
            }
            originals.add(Files.readAllBytes(lines));
        }
        return originals;
    }

    private static byte[] spoil(byte[] original, Random random) {
        StringBuilder text = new StringBuilder(new String(original, StandardCharsets.ISO_8859_1));
        for (int times = 1 + random.nextInt(6); times > 0; times--) {
            int at = random.nextInt(text.length());
            int length = Math.min(random.nextInt(40), text.length() - at);
            switch (random.nextInt(6)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.delete(at, at + length);
                case 2 -> text.insert(at, WORDS[random.nextInt(WORDS.length)]);
                case 3 -> text.insert(at, text.substring(at, at + length));
                case 4 -> text.replace(at, at + length, Long.toString(random.nextLong()));
                default -> text.setLength(Math.max(1, at));
            }
            if (text.length() == 0) {
                text.append('{');
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void ask(Heap heap, Random random) {
        long sum = heap.summarize().bytes()
                + heap.collapsed().summarize().bytes()
                + heap.toString().length();
        for (HeapObject object : heap.all("*").subList(0, Math.min(20, heap.size()))) {
            sum += object.children().size()
                    + object.parents().size()
                    + object.fields().size();
            sum += object.toString().length() + object.length() + object.owned();
            sum += heap.with().at(object.address()).reachable();
            if (heap.hasRoots()) {
                sum += object.retained() + object.pathToRoot().steps().size();
            }
        }
        answers += sum + heap.at(random.nextLong()).children().size();
    }
}
