// Builds static/ from assets/: one sheet for tenants, one for staff, each with its right-to-left mirror; a script for all, one for staff
// and one for the time without a connection; the icons.
// Run by `npm run build`. An output folder may be given, so that a test can build beside the committed files.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import postcss from "postcss";
import rtlcss from "rtlcss";
import * as sass from "sass";

const assets = dirname(fileURLToPath(import.meta.url));
const project = dirname(assets);
const output = process.argv[2] ?? join(project, "static");
const BROWSERS = ["chrome90", "edge90", "firefox90", "safari14"];

// Parts of GOV.UK Frontend that no page wears: an eighth of the sheet. tests/laws/test_assets.py sees to it that none does.
const LEFT_OUT = new Set(JSON.parse(readFileSync(join(assets, "left_out.json"), "utf8")));
const NOT = /:not\((?:[^()]|\([^()]*\))*\)/g; // what a rule does not speak of
const isWorn = (selector) =>
  !selector.replace(NOT, "").match(/\.[\w-]+/g)?.some((name) => LEFT_OUT.has(name.slice(1)));

function withoutUnworn(css) {
  const sheet = postcss.parse(css);
  sheet.walkRules((rule) => {
    const worn = rule.selectors.filter(isWorn);
    if (worn.length === 0) rule.remove();
    else if (worn.length < rule.selectors.length) rule.selectors = worn;
  });
  sheet.walkAtRules((rule) => rule.nodes?.length === 0 && rule.remove());
  return sheet.toString();
}

async function sheet(name) {
  const { css } = sass.compile(join(assets, "sass", `${name}.scss`), {
    loadPaths: [join(project, "node_modules")],
    quietDeps: true,
  });
  const worn = withoutUnworn(css);
  for (const [direction, text] of [["", worn], [".rtl", rtlcss.process(worn)]]) {
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
