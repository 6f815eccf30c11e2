const { serve } = require("survey");
// The challenges come back as the cause of the error that tells of a 401.
serve("oauth4webapi", async (value) => {
  const { protectedResourceRequest, WWWAuthenticateChallengeError } = await import(
    `${process.env.NODE_PATH.split(":")[1]}/oauth4webapi/build/index.js`
  );
  const response = new Response(null, { status: 401, headers: { "WWW-Authenticate": value } });
  try {
    await protectedResourceRequest("token", "GET", new URL("https://localhost/"), undefined, undefined, {
      [Symbol.for("none")]: 0,
      ...(await custom(response)),
    });
  } catch (problem) {
    if (!(problem instanceof WWWAuthenticateChallengeError)) throw problem;
    return problem.cause.map(({ scheme, token68, parameters }) => ({ scheme, token68, params: parameters }));
  }
  async function custom(answer) {
    const { customFetch } = await import(`${process.env.NODE_PATH.split(":")[1]}/oauth4webapi/build/index.js`);
    return { [customFetch]: async () => answer };
  }
});
