// Walking an OpenAPI document, for the rules: everything by path, references followed on demand.

export const VERBS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

export const isObject = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** The object behind a local reference; anything else is given back as it is. */
export function resolved(root, value) {
  let found = value;
  for (let hops = 0; isObject(found) && typeof found.$ref === "string" && hops < 20; hops++) {
    if (!found.$ref.startsWith("#/")) return {};
    found = found.$ref
      .slice(2)
      .split("/")
      .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"))
      .reduce((inside, part) => (isObject(inside) || Array.isArray(inside) ? inside[part] : undefined), root);
  }
  return found ?? {};
}

const entries = (value) => (isObject(value) ? Object.entries(value) : []);

/** [path name, path item, place] of every path. */
export function paths(root) {
  return entries(root.paths).map(([name, item]) => [name, resolved(root, item), ["paths", name]]);
}

/** {path, item, verb, operation, place} of every operation. */
export function operations(root) {
  return paths(root).flatMap(([path, item, place]) =>
    VERBS.filter((verb) => isObject(item[verb])).map((verb) => ({
      path, item, verb, operation: item[verb], place: [...place, verb],
    })),
  );
}

/** [parameter, place] of every parameter, wherever it is declared. */
export function parameters(root) {
  const found = [];
  const add = (list, place) =>
    (Array.isArray(list) ? list : []).forEach((one, n) => {
      if (isObject(one) && !one.$ref) found.push([one, [...place, n]]);
    });
  for (const [, item, place] of paths(root)) add(item.parameters, [...place, "parameters"]);
  for (const { operation, place } of operations(root)) add(operation.parameters, [...place, "parameters"]);
  for (const [name, one] of entries(root.components?.parameters)) {
    if (!one.$ref) found.push([one, ["components", "parameters", name]]);
  }
  return found;
}

/** {response, status, operation…, place} of every answer; the place is where it is written. */
export function responses(root) {
  return operations(root).flatMap((one) =>
    entries(one.operation.responses).map(([status, answer]) => ({
      ...one,
      status,
      response: resolved(root, answer),
      place: place(answer, [...one.place, "responses", status]),
    })),
  );
}

function place(value, otherwise) {
  return typeof value?.$ref === "string" ? value.$ref.slice(2).split("/") : otherwise;
}

/** [media type, body, place] of every body that travels, in requests and answers. */
export function bodies(root) {
  const found = [];
  const add = (holder, where) => {
    for (const [type, body] of entries(holder?.content)) found.push([type, body, [...where, "content", type]]);
  };
  for (const { operation, place: where } of operations(root)) {
    add(resolved(root, operation.requestBody), place(operation.requestBody, [...where, "requestBody"]));
  }
  for (const { response, place: where } of responses(root)) add(response, where);
  return unique(found);
}

function unique(found) {
  const seen = new Set();
  return found.filter(([, , where]) => {
    const key = JSON.stringify(where);
    return !seen.has(key) && seen.add(key);
  });
}

/** [schema, place] of every schema object, nested ones included, each where it is written. */
export function schemas(root) {
  const found = [];
  const walk = (schema, where) => {
    if (!isObject(schema) || schema.$ref) return;
    found.push([schema, where]);
    for (const [name, inner] of entries(schema.properties)) walk(inner, [...where, "properties", name]);
    walk(schema.items, [...where, "items"]);
    walk(schema.not, [...where, "not"]);
    walk(schema.additionalProperties, [...where, "additionalProperties"]);
    for (const kind of ["allOf", "oneOf", "anyOf"]) {
      (schema[kind] ?? []).forEach((inner, n) => walk(inner, [...where, kind, n]));
    }
  };
  for (const [name, schema] of entries(root.components?.schemas)) walk(schema, ["components", "schemas", name]);
  for (const [one, where] of parameters(root)) walk(one.schema, [...where, "schema"]);
  for (const [one, where] of headers(root)) walk(one.schema, [...where, "schema"]);
  for (const [, body, where] of bodies(root)) walk(body.schema, [...where, "schema"]);
  return found;
}

/** [header, place, name] of every header of an answer. */
export function headers(root) {
  const found = responses(root).flatMap(({ response, place: where }) =>
    entries(response.headers).map(([name, one]) => [resolved(root, one), [...where, "headers", name], name]),
  );
  return unique(found.map(([one, where, name]) => [name, one, where])).map(([name, one, where]) => [one, where, name]);
}

/** Member name -> schema of an object schema, members of its allOf included. */
export function members(root, schema) {
  const own = resolved(root, schema);
  return Object.assign(
    {},
    ...(own.allOf ?? []).map((part) => members(root, part)),
    isObject(own.properties) ? own.properties : {},
  );
}

/** The type of a schema, looked for behind references and in allOf. */
export function typeOf(root, schema) {
  const own = resolved(root, schema);
  return own.type ?? (own.properties ? "object" : (own.allOf ?? []).map((part) => typeOf(root, part)).find(Boolean));
}
