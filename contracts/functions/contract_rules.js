// Rules on the document as such: its version, its words, its examples, its security.

import { schema as validate } from "@stoplight/spectral-functions";
import {
  bodies, isObject, members, operations, parameters, resolved, schemas, typeOf,
} from "./document.js";

const LOWER_CAMEL = /^[a-z][a-zA-Z0-9]*$/;
// Ssin, not SSIN: three capitals in a row are an acronym that shouts.
const UPPER_CAMEL = /^(?!.*[A-Z]{3})[A-Z][a-zA-Z0-9]*$/;

/** An OpenAPI 3.0 schema as JSON Schema: null is allowed where it says nullable. */
function asJsonSchema(root, written, depth = 0) {
  if (depth > 30) return {};
  const own = resolved(root, written);
  if (!isObject(own)) return {};
  const made = {};
  for (const [name, value] of Object.entries(own)) {
    if (name === "properties") {
      made.properties = Object.fromEntries(
        Object.entries(value).map(([member, inner]) => [member, asJsonSchema(root, inner, depth + 1)]),
      );
    } else if (["items", "not", "additionalProperties"].includes(name) && isObject(value)) {
      made[name] = asJsonSchema(root, value, depth + 1);
    } else if (["allOf", "oneOf", "anyOf"].includes(name)) {
      made[name] = value.map((inner) => asJsonSchema(root, inner, depth + 1));
    } else if (name === "exclusiveMinimum" || name === "exclusiveMaximum") {
      const bound = name === "exclusiveMinimum" ? "minimum" : "maximum";
      if (value) made[name] = own[bound];
    } else if (["type", "enum", "required", "pattern", "additionalProperties", "multipleOf"].includes(name)
        || /^(min|max)/.test(name)) {
      made[name] = value;
    }
  }
  return own.nullable ? { anyOf: [{ type: "null" }, made] } : made;
}

function faults(root, value, written, place, context) {
  const options = { schema: asJsonSchema(root, written), dialect: "draft7", allErrors: true };
  const found = validate(value, options, { ...context, path: place }) ?? [];
  return found.map(({ message }) => ({ message: `does not fit its schema: ${message}`, path: place }));
}

const rules = {
  "oas-contra": (root) =>
    /^3\.0\.\d+$/.test(root.openapi ?? "")
      ? [] : [{ message: "the contract is OpenAPI 3.0", path: ["openapi"] }],

  "oas-descr": (root) => {
    const found = ["title", "version", "description"]
      .filter((name) => !root.info?.[name])
      .map((name) => ({ message: `info has a ${name}`, path: ["info"] }));
    for (const { operation, place } of operations(root)) {
      if (!operation.summary) found.push({ message: "an operation has a summary", path: place });
    }
    return found;
  },

  "oas-tags": (root) => {
    const known = new Set((root.tags ?? []).map((tag) => tag.name));
    const found = [...known]
      .filter((name) => !/^[A-Z][A-Za-z0-9]*( [A-Z][A-Za-z0-9]*)*$/.test(name))
      .map((name) => ({ message: `tag "${name}" is written In Title Style`, path: ["tags"] }));
    for (const { operation, place } of operations(root)) {
      const tags = operation.tags ?? [];
      if (tags.length > 1) found.push({ message: "an operation has one tag at most", path: place });
      for (const tag of tags.filter((name) => !known.has(name))) {
        found.push({ message: `tag "${tag}" is declared at the top`, path: [...place, "tags"] });
      }
    }
    return found;
  },

  "openapi-opid": (root) => {
    const seen = new Set();
    return operations(root).flatMap(({ operation, place }) => {
      const id = operation.operationId ?? "";
      if (!LOWER_CAMEL.test(id)) return [{ message: "operationId is there, in lowerCamelCase", path: place }];
      if (seen.has(id)) return [{ message: `operationId ${id} is unique`, path: place }];
      seen.add(id);
      return [];
    });
  },

  "opbody-req": (root) =>
    operations(root)
      .filter(({ operation }) => operation.requestBody)
      .filter(({ operation }) => typeof resolved(root, operation.requestBody).required !== "boolean")
      .map(({ place }) => ({ message: "requestBody says whether it is required", path: [...place, "requestBody"] })),

  "sec-req": (root) => {
    const schemes = root.components?.securitySchemes ?? {};
    const lists = [[root.security, ["security"]],
      ...operations(root).map(({ operation, place }) => [operation.security, [...place, "security"]])];
    return lists.flatMap(([list, path]) => (list ?? []).flatMap((one) =>
      Object.entries(one).flatMap(([name, wanted]) => {
        const scheme = resolved(root, schemes[name]);
        if (!schemes[name]) return [{ message: `security scheme ${name} exists`, path }];
        const known = Object.values(scheme.flows ?? {}).flatMap((flow) => Object.keys(flow.scopes ?? {}));
        return wanted.filter((scope) => scheme.type === "oauth2" && !known.includes(scope))
          .map((scope) => ({ message: `scope ${scope} exists in a flow of ${name}`, path }));
      })));
  },

  "oas-comp": (root) => {
    const found = [];
    for (const [kind, named] of Object.entries(root.components ?? {})) {
      if (kind === "securitySchemes" || kind.startsWith("x-")) continue;
      for (const name of Object.keys(named)) {
        if (!UPPER_CAMEL.test(name)) {
          found.push({ message: `component ${name} is in UpperCamelCase`, path: ["components", kind, name] });
        }
      }
    }
    const seen = new Map();
    for (const [schema, path] of schemas(root)) {
      if (Object.keys(schema.properties ?? {}).length < 2) continue;
      const shape = JSON.stringify(schema.properties);
      if (seen.has(shape)) {
        found.push({ message: `the same object as ${seen.get(shape).join("/")}: make one component`, path });
      }
      seen.set(shape, path);
    }
    return found;
  },

  "oas-defaul": (root, context) =>
    schemas(root).filter(([schema]) => schema.default !== undefined)
      .flatMap(([schema, path]) => faults(root, schema.default, schema, [...path, "default"], context)),

  "oas-exampl": (root, context) => {
    const found = schemas(root).filter(([schema]) => schema.example !== undefined)
      .flatMap(([schema, path]) => faults(root, schema.example, schema, [...path, "example"], context));
    const holders = [...parameters(root).map(([one, path]) => [one, path]),
      ...bodies(root).map(([, body, path]) => [body, path])];
    for (const [holder, path] of holders) {
      if (holder.example !== undefined) {
        found.push(...faults(root, holder.example, holder.schema, [...path, "example"], context));
      }
      for (const [name, one] of Object.entries(holder.examples ?? {})) {
        found.push(...faults(root, resolved(root, one).value, holder.schema, [...path, "examples", name], context));
      }
    }
    return found;
  },

  "prop-req": (root) =>
    schemas(root).flatMap(([schema, path]) => {
      // A part of an allOf may demand what a sibling declares.
      if (!schema.required || path.includes("allOf")) return [];
      const known = members(root, schema);
      return schema.required.filter((name) => !(name in known))
        .map((name) => ({ message: `required member ${name} exists in properties`, path }));
    }),

  "oas-rdonly": (root) =>
    schemas(root).flatMap(([schema, path]) =>
      (schema.required ?? []).filter((name) => resolved(root, members(root, schema)[name]).readOnly)
        .map((name) => ({ message: `readOnly member ${name} is not required`, path }))),

  "oas-enum": (root) =>
    schemas(root).filter(([schema]) => schema.enum && !schema.type)
      .map(([, path]) => ({ message: "an enum says its type", path })),

  "cod-design": (root) =>
    schemas(root).filter(([schema]) => schema.enum).flatMap(([schema, path]) =>
      schema.enum.filter((code) => typeof code !== "string" || !LOWER_CAMEL.test(code))
        .map((code) => ({ message: `code ${code} is a string in lowerCamelCase`, path }))),

  "sch-allof": (root) =>
    schemas(root).filter(([schema]) => schema.allOf).flatMap(([schema, path]) => {
      const parts = [...schema.allOf.map((part) => members(root, part)), schema.properties ?? {}];
      const names = parts.flatMap((part) => Object.keys(part));
      return [...new Set(names.filter((name, n) => names.indexOf(name) !== n))]
        .map((name) => ({ message: `member ${name} stands once in an allOf`, path }));
    }),

  "sch-oneof": (root) =>
    schemas(root).filter(([schema]) => schema.oneOf && !schema.discriminator)
      .map(([, path]) => ({ message: "oneOf comes with a discriminator", path })),

  "sch-discr": (root) =>
    schemas(root).filter(([schema]) => schema.discriminator).flatMap(([schema, path]) => {
      const { propertyName: name, mapping } = schema.discriminator;
      const found = mapping ? [] : [{ message: "a discriminator has a mapping", path }];
      for (const variant of schema.oneOf ?? schema.anyOf ?? [schema]) {
        const required = [resolved(root, variant), ...(resolved(root, variant).allOf ?? [])]
          .flatMap((part) => resolved(root, part).required ?? []);
        if (!(name in members(root, variant)) || !required.includes(name)) {
          found.push({ message: `discriminator ${name} is a required member of each variant`, path });
        }
      }
      return found;
    }),

  "jsn-null": (root) =>
    schemas(root).filter(([schema]) => schema.nullable)
      .map(([, path]) => ({ message: "a member without value is left out, not null", path })),

  "jsn-naming": (root) =>
    schemas(root).flatMap(([schema, path]) =>
      Object.keys(schema.properties ?? {})
        .filter((name) => !LOWER_CAMEL.test(name) || ["data", "info"].includes(name))
        .map((name) => ({ message: `member ${name} has a telling name in lowerCamelCase`, path: [...path, "properties", name] }))),

  "id-name": (root) =>
    schemas(root).flatMap(([schema, path]) =>
      Object.keys(schema.properties ?? {}).filter((name) => /[a-z]I[dD]$/.test(name))
        .map((name) => ({ message: `an identifier is called id inside its object, not ${name}`, path: [...path, "properties", name] }))),

  "evo-object": (root) =>
    bodies(root).filter(([type, body]) => /json/.test(type) && body.schema
        && !["object", undefined].includes(typeOf(root, body.schema)))
      .map(([, body, path]) => ({ message: "the top of a JSON body is an object", path: typeof body.schema.$ref === "string" ? body.schema.$ref.slice(2).split("/") : path })),

  "rep-struct": (root) =>
    bodies(root).filter(([type]) => !/^application\/([a-z0-9.-]+\+)?json$/.test(type))
      .map(([type, , path]) => ({ message: `structured content is application/json, not ${type}`, path })),
};

export default rules;
