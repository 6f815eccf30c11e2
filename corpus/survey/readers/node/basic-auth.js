const { serve } = require("survey");
const auth = require("basic-auth");
const bytes = (text) => Buffer.from(text, "utf8").toString("latin1");
serve("basic-auth", (value) => {
  const told = auth.parse(value);
  return told ? { scheme: "Basic", user: bytes(told.name), password: bytes(told.pass) } : undefined;
});
