const { serve } = require("survey");
const basicAuth = require("express-basic-auth");
const bytes = (text) => Buffer.from(text, "utf8").toString("latin1");
let told;
const middleware = basicAuth({
  authorizer(user, password) {
    told = { scheme: "Basic", user: bytes(user), password: bytes(password) };
    return true;
  },
});
const response = { set() {}, status: () => ({ send() {}, json() {} }) };
serve("express-basic-auth", (authorization) => {
  told = undefined;
  middleware({ headers: { authorization } }, response, () => {});
  return told;
});
