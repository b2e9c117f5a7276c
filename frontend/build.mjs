// Builds the front end into src/kring/web/static/built/. Run by `npm run build`; `--watch` builds again on change.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, watch, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundle } from "lightningcss";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const out = join(root, "src/kring/web/static/built");
const version = (major, minor = 0) => (major << 16) | (minor << 8);
const phones = { chrome: version(100), firefox: version(100), safari: version(15, 4), ios_saf: version(15, 4) };

/** Whoever reads while we build finds the old file or the new one, never half of one. */
function put(name, content) {
  const half = join(out, `.${name}.${process.pid}`);
  writeFileSync(half, content);
  renameSync(half, join(out, name));
}

/** A folder of drawings becomes one file of symbols, used as <use href="icons.svg#name">. */
function sprite(drawings, notice) {
  const symbols = drawings.map(([name, svg]) => {
    const box = svg.match(/viewBox="([^"]+)"/)[1];
    const inside = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "").replace(/>\s+</g, "><").replace(/\s+\/>/g, "/>").trim();
    return `<symbol id="${name}" viewBox="${box}">${inside}</symbol>`;
  });
  return `<!-- ${notice} --><svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`;
}

function icons() {
  const folder = join(root, "node_modules/lucide-static/icons");
  const names = readFileSync(join(here, "icons.txt"), "utf8").split(/\s+/).filter(Boolean);
  const drawings = names.map((name) => [name, readFileSync(join(folder, `${name}.svg`), "utf8")]);
  put("icons.svg", sprite(drawings, "Lucide, ISC licence, see licences.txt"));
}

function pictograms() {
  const folder = join(here, "art/pictograms");
  const drawings = readdirSync(folder).filter((file) => file.endsWith(".svg")).sort();
  const read = (file) => [file.replace(".svg", ""), readFileSync(join(folder, file), "utf8")];
  put("pictograms.svg", sprite(drawings.map(read), "Kring"));
}

function plainFiles() {
  for (const file of ["mark.svg", "favicon.svg", "site.webmanifest"]) {
    put(file, readFileSync(join(here, "art", file)));
  }
  const packages = ["htmx.org", "lucide-static", "@fontsource-variable/atkinson-hyperlegible-next", "@fontsource-variable/noto-sans-arabic"];
  const licences = packages.map((name) => `${name}\n\n${readFileSync(join(root, "node_modules", name, "LICENSE"), "utf8")}`);
  put("licences.txt", licences.join("\n\n----\n\n"));
}

function style() {
  const made = bundle({ filename: join(here, "css/index.css"), minify: true, targets: phones });
  for (const warning of made.warnings) console.warn(`style: ${warning.message}`);
  put("kring.css", made.code);
}

/** What every page brings, and what comes only when somebody begins to write. */
async function script(name) {
  const made = await build({
    entryPoints: [join(here, "js", name)], write: false,
    bundle: true, minify: true, format: "esm", target: ["chrome100", "firefox100", "safari15.4"], legalComments: "none", logLevel: "warning",
  });
  put(name, made.outputFiles[0].contents);
}

function fonts() {
  const own = join(root, ".venv/bin/python");
  const python = process.env.PYTHON || (existsSync(own) ? own : "python3");
  execFileSync(python, [join(here, "fonts.py"), join(root, "node_modules"), out], { stdio: "inherit" });
}

async function everything() {
  mkdirSync(out, { recursive: true });
  icons();
  pictograms();
  plainFiles();
  style();
  await script("kring.js");
  await script("word-hints.js");
  fonts();
}

await everything();
if (process.argv.includes("--watch")) {
  let waiting;
  watch(here, { recursive: true }, () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => everything().catch((error) => console.error(error.message)), 150);
  });
}
