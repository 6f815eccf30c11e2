const { serve } = require("survey");
const { BasicStrategy, DigestStrategy } = require("passport-http");
const bytes = (text) => Buffer.from(text, "utf8").toString("latin1");
const quiet = { fail() {}, error() {}, success() {} };
serve("passport-http", (value, field, lines, scheme) => {
  let told;
  if (scheme === "basic") {
    const basic = new BasicStrategy((user, password) => {
      told = { scheme: "Basic", user: bytes(user), password: bytes(password) };
    });
    Object.assign(basic, quiet).authenticate({ headers: { authorization: value } });
    return told;
  }
  // It wants the URI of the request to be that of the credentials.
  const url = (/\buri="([^"]*)"/.exec(value) || [])[1];
  const digest = new DigestStrategy((user, done) => {
    told = { scheme: "Digest", params: [["username", user]] };
    done(null, {}, "pass");
  });
  Object.assign(digest, quiet).authenticate({ headers: { authorization: value }, url, method: "GET" });
  return told;
});
