const { serve } = require("survey");
const bytes = (text) => Buffer.from(text, "utf8").toString("latin1");
let told;
const application = require("fastify")();
application.register(require("@fastify/basic-auth"), {
  async validate(user, password) {
    told = { scheme: "Basic", user: bytes(user), password: bytes(password) };
  },
});
application.after(() => {
  application.get("/", { onRequest: application.basicAuth }, async () => "");
});
serve("@fastify/basic-auth", async (authorization) => {
  told = undefined;
  await application.inject({ url: "/", headers: { authorization } });
  return told;
});
