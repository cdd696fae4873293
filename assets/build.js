// Builds static/ from assets/: one sheet for tenants, one for staff, each with its right-to-left mirror; a script for all, one for staff
// and one for the time without a connection; the icons.
// Run by `npm run build`. An output folder may be given, so that a test can build beside the committed files.
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import rtlcss from "rtlcss";
import * as sass from "sass";

const assets = dirname(fileURLToPath(import.meta.url));
const project = dirname(assets);
const output = process.argv[2] ?? join(project, "static");
const BROWSERS = ["chrome90", "edge90", "firefox90", "safari14"];

async function sheet(name) {
  const { css } = sass.compile(join(assets, "sass", `${name}.scss`), {
    loadPaths: [join(project, "node_modules")],
    quietDeps: true,
  });
  for (const [direction, text] of [["", css], [".rtl", rtlcss.process(css)]]) {
    const { code } = await esbuild.transform(text, { loader: "css", minify: true, target: BROWSERS });
    writeFileSync(join(output, `${name}${direction}.css`), code);
  }
}

async function script(name) {
  await esbuild.build({
    entryPoints: [join(assets, "js", `${name}.js`)],
    outfile: join(output, `${name}.js`),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
    legalComments: "none",
    nodePaths: [join(project, "node_modules")],
  });
}

mkdirSync(output, { recursive: true });
await sheet("letterbox");
await sheet("staff");
await script("letterbox");
await script("staff");
await script("service_worker");
for (const icon of readdirSync(join(assets, "icons"))) copyFileSync(join(assets, "icons", icon), join(output, icon));
