const { serve } = require("survey");
const auth = require("http-auth");
const digest = auth.digest({ realm: "x" }, (user, callback) => callback());
const basic = auth.basic({ realm: "x" }, (user, password, callback) => callback(true));
serve("http-auth", (value) => {
  const params = digest.parseAuthorization(value);
  if (params) return Object.keys(params).length ? { scheme: "Digest", params } : undefined;
  const token68 = basic.parseAuthorization(value);
  return token68 ? { scheme: "Basic", token68 } : undefined;
});
