// The rules of the Belgian government's REST guide that a machine can check, one by its name.
//
// x-ignore-rules on an object, {rule: reason}, takes the object and what is in it out of that rule.
// The reasons are checked too: a known rule, words of explanation, and never the whole document.

import contractRules from "./contract_rules.js";
import { isObject } from "./document.js";
import httpRules from "./http_rules.js";

const RULES = { ...contractRules, ...httpRules };

function isIgnored(root, rule, path) {
  let inside = root;
  for (const part of path ?? []) {
    inside = inside?.[part];
    if (isObject(inside) && inside["x-ignore-rules"]?.[rule]) return true;
  }
  return false;
}

/** Every x-ignore-rules that is no good. */
function ignoredWithoutReason(root) {
  const found = [];
  const walk = (value, path) => {
    if (Array.isArray(value)) value.forEach((inner, n) => walk(inner, [...path, n]));
    if (!isObject(value)) return;
    for (const [rule, reason] of Object.entries(value["x-ignore-rules"] ?? {})) {
      const where = [...path, "x-ignore-rules", rule];
      if (!(rule in RULES)) found.push({ message: `${rule} is not a rule`, path: where });
      if (path.length === 0) found.push({ message: "a whole document ignores no rule", path: where });
      if (typeof reason !== "string" || reason.trim().length < 10) {
        found.push({ message: `${rule} is ignored for a reason`, path: where });
      }
    }
    for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name]);
  };
  walk(root, []);
  return found;
}

export default function belgif(root, { rule }, context) {
  if (rule === "ignore-reason") return ignoredWithoutReason(root);
  return RULES[rule](root, context).filter(({ path }) => !isIgnored(root, rule, path));
}
