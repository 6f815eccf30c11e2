const { serve, hashed } = require("survey");
const { default: Client } = require("@mhoc/axios-digest-auth");
serve("@mhoc/axios-digest-auth", (value) =>
  hashed(async () => {
    let field;
    const axios = {
      async request(options) {
        if (options.headers && options.headers.authorization) return (field = options.headers.authorization);
        throw { response: { status: 401, headers: { "www-authenticate": value } } };
      },
    };
    await new Client({ axios, username: "user", password: "pass" }).request({ method: "GET", url: "http://localhost/" });
    return field;
  }),
);
