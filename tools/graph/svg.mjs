// Reads a graph in Graphviz's language on standard input, prints it as SVG.
import { instance } from "@viz-js/viz";
import { readFileSync } from "node:fs";

const viz = await instance();
process.stdout.write(viz.renderString(readFileSync(0, "utf8"), { format: "svg" }));
