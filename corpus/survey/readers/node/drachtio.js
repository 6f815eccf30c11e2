const { serve } = require("survey");
const digest = require("drachtio-mw-digest-auth");
serve("drachtio-mw-digest-auth", (value) => {
  let told;
  const request = { has: (name) => name === "Authorization", get: () => value, uri: "sip:localhost" };
  const middleware = digest({ realm: "x", passwordLookup() {} });
  try {
    middleware(request, { send() {} }, () => {});
  } finally {
    told = request.authorization;
  }
  if (!told || !Object.keys(told).length) return undefined;
  const { scheme, ...params } = told;
  return { scheme, params };
});
