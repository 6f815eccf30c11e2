const { serve } = require("survey");
const bytes = (text) => Buffer.from(text, "utf8").toString("latin1");
let told;
const server = require("@hapi/hapi").server();
const ready = server.register(require("@hapi/basic")).then(() => {
  server.auth.strategy("basic", "basic", {
    validate(request, user, password) {
      told = { scheme: "Basic", user: bytes(user), password: bytes(password) };
      return { isValid: true, credentials: {} };
    },
  });
  server.route({ method: "GET", path: "/", options: { auth: "basic" }, handler: () => "" });
});
serve("@hapi/basic", async (authorization) => {
  await ready;
  told = undefined;
  await server.inject({ url: "/", headers: { authorization } });
  return told;
});
