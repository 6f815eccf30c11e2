const { serve } = require("survey");
serve("digest-fetch", async (value) => {
  const { DigestClient } = await import(`${process.env.NODE_PATH.split(":")[1]}/digest-fetch/digest-fetch-src.js`);
  const client = new DigestClient("user", "pass");
  client.parseAuth(value);
  const { scheme, realm, nonce, opaque } = client.digest;
  return nonce ? { scheme, params: { realm, nonce, opaque } } : undefined;
});
