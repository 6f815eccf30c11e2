const { serve } = require("survey");
const { Hono } = require("hono");
const { basicAuth } = require("hono/basic-auth");
const bytes = (text) => Buffer.from(text, "utf8").toString("latin1");
let told;
const application = new Hono();
application.use(
  basicAuth({
    verifyUser(user, password) {
      told = { scheme: "Basic", user: bytes(user), password: bytes(password) };
      return true;
    },
  }),
);
serve("hono", async (Authorization) => {
  told = undefined;
  await application.request("/", { headers: { Authorization } });
  return told;
});
