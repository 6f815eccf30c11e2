const { serve } = require("survey");
serve("http-auth-utils", async (value, field) => {
  const { parseWWWAuthenticateHeader, parseAuthorizationHeader } = await import(
    `${process.env.NODE_PATH.split(":")[1]}/http-auth-utils/dist/index.js`
  );
  if (field === "WWW-Authenticate") {
    const { type, data } = parseWWWAuthenticateHeader(value, undefined, { strict: false });
    return { scheme: type, params: data };
  }
  const { type, data } = parseAuthorizationHeader(value, undefined, { strict: false });
  return { scheme: type, params: data };
});
