// Rules on addresses, verbs, answers and headers.

import {
  headers, members, operations, parameters, paths, resolved, responses, typeOf,
} from "./document.js";

const LOWER_CAMEL = /^[a-z][a-zA-Z0-9]*$/;
const isVariable = (part) => /^\{.*\}$/.test(part);
const parts = (path) => path.split("/").filter(Boolean);
const last = (path) => parts(path).at(-1) ?? "";
// A controller is called by a verb; so is a search over a collection.
const isController = (path) => /^(register|search|check|calculate|validate|cancel|query|get|update|delete|send|sign|transform|submit)[A-Z]?[A-Za-z]*$/.test(last(path));
const isDocument = (path) => path === "/doc/openapi.yaml" || path === "/doc/openapi.json";
const isCollection = (root, path) => paths(root).some(([other]) => isVariable(last(other)) && other.startsWith(`${path}/{`)) ;

const rules = {
  "uri-format": (root) => {
    const servers = root.servers ?? [];
    const found = servers.length ? [] : [{ message: "the contract names its server", path: [] }];
    servers.forEach((server, n) => {
      if (!/^(https?:\/\/[^/]+)?(\/[A-Za-z0-9]+)*\/[a-z][A-Za-z0-9]*\/v\d+$/.test(server.url ?? "")) {
        found.push({ message: "a server is …/apiName/vN", path: ["servers", n, "url"] });
      }
    });
    return found;
  },

  "uri-notat": (root) => {
    const found = paths(root).flatMap(([path, , place]) => {
      const wrong = parts(path).filter((part) => !isVariable(part) && !LOWER_CAMEL.test(part) && !isDocument(path));
      const messages = wrong.map((part) => `path part ${part} is in lowerCamelCase`);
      if (path.endsWith("/") && path !== "/") messages.push("a path has no slash at its end");
      return messages.map((message) => ({ message, path: place }));
    });
    for (const [one, place] of parameters(root)) {
      if (one.in === "query" && !LOWER_CAMEL.test(one.name)) {
        found.push({ message: `query parameter ${one.name} is in lowerCamelCase`, path: place });
      }
    }
    return found;
  },

  "uri-extens": (root) =>
    paths(root).filter(([path]) => /\.[A-Za-z0-9]+$/.test(path) && !isDocument(path))
      .map(([, , path]) => ({ message: "a path has no file extension", path })),

  "path-param": (root) =>
    paths(root).flatMap(([path, , place]) =>
      parts(path).filter((part) => isVariable(part) && !LOWER_CAMEL.test(part.slice(1, -1)))
        .map((part) => ({ message: `path parameter ${part} is in lowerCamelCase`, path: place }))),

  "col-name": (root) =>
    paths(root).flatMap(([path, , place]) => {
      const found = parts(path);
      return found.slice(0, -1).filter((part, n) => isVariable(found[n + 1]) && !isVariable(part) && !part.endsWith("s"))
        .map((part) => ({ message: `collection ${part} is a plural`, path: place }));
    }),

  "qry-multi": (root) =>
    parameters(root).filter(([one]) => one.in === "query" && typeOf(root, one.schema) === "array")
      .flatMap(([one, path]) => {
        const found = [];
        if (one.explode === false || (one.style && one.style !== "form")) {
          found.push({ message: "several values are given by repeating the parameter", path });
        }
        if (/[^s]s$/.test(one.name)) found.push({ message: `${one.name} is a singular`, path });
        return found;
      }),

  "meth-http": (root) =>
    operations(root).flatMap(({ path, verb, operation, place }) => {
      const found = [];
      if (["options", "head", "trace"].includes(verb)) found.push(`${verb} is not for resources`);
      if (["get", "delete"].includes(verb) && operation.requestBody) found.push(`${verb} has no body`);
      if (isCollection(root, path) && ["put", "patch"].includes(verb)) found.push(`${verb} is not for collections`);
      if (isVariable(last(path)) && verb === "post") found.push("post is for collections and controllers");
      if (isController(path) && !["get", "post"].includes(verb)) found.push("a controller takes post, or get");
      return found.map((message) => ({ message, path: place }));
    }),

  "doc-patch": (root) =>
    operations(root).filter(({ verb }) => verb === "patch").filter(({ operation }) => {
      const types = Object.keys(resolved(root, operation.requestBody).content ?? {});
      return !types.includes("application/merge-patch+json") || !types.includes("application/json");
    }).map(({ place }) => ({ message: "patch takes merge-patch+json, and json", path: place })),

  "stat-codes": (root) =>
    responses(root).flatMap(({ path, verb, status, response, operation, place }) => {
      const never = {
        get: ["201", "202", "204", "409", "412", "413"], delete: ["201", "202"],
        put: ["202", "203", "206"], patch: ["201", "202"],
      }[verb] ?? [];
      const found = never.includes(status) ? [`${verb} does not answer ${status}`] : [];
      if (verb === "post" && status === "200" && !isController(path)) found.push("post answers 200 only on a controller");
      if (verb === "post" && status === "201" && !response.headers?.Location) found.push("201 comes with Location");
      if (status === "413" && !operation.requestBody) found.push("413 is about a body");
      return found.map((message) => ({ message, path: place }));
    }),

  "prb-defaul": (root) =>
    operations(root).filter(({ operation }) => {
      const answer = resolved(root, operation.responses?.default);
      return !answer.content?.["application/problem+json"];
    }).map(({ place }) => ({ message: "an operation has a default response: a problem", path: place })),

  "err-problem": (root) =>
    responses(root).filter(({ status, response, path }) => /^[45]/.test(status) && response.content
        && !response.content["application/problem+json"] && last(path) !== "health")
      .map(({ place }) => ({ message: "an error is application/problem+json", path: place })),

  "hdr-case": (root) => {
    const named = [...headers(root).map(([, place, name]) => [name, place]),
      ...parameters(root).filter(([one]) => one.in === "header").map(([one, place]) => [one.name, place])];
    return named.filter(([name]) => !/^([A-Z][A-Za-z0-9]*)(-[A-Z][A-Za-z0-9]*)*$/.test(name))
      .map(([name, path]) => ({ message: `header ${name} is in Kebab-Case`, path }));
  },

  "hlth-res": (root) => {
    const item = resolved(root, root.paths?.["/health"]);
    if (!item.get) return [{ message: "GET /health tells whether the service works", path: ["paths"] }];
    return ["200", "503"].filter((status) => {
      const content = resolved(root, item.get.responses?.[status]).content?.["application/json"];
      return !content || !("status" in members(root, content.schema));
    }).map((status) => ({ message: `/health answers ${status} with a status`, path: ["paths", "/health", "get"] }));
  },

  "col-repres": (root) =>
    responses(root)
      .filter(({ verb, status, path }) => verb === "get" && status === "200" && isCollection(root, path))
      .filter(({ response }) => {
        const schema = response.content?.["application/json"]?.schema;
        const items = resolved(root, members(root, schema).items);
        return typeOf(root, schema) !== "object" || items.type !== "array";
      })
      .map(({ place }) => ({ message: "a collection is an object with items", path: place })),
};

export default rules;
