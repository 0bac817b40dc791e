// What a program that uses jsforce does with an org, step by step; prints one JSON line per step.
// Arguments: base URL, access token, refresh token, client id. jsforce is found by NODE_PATH.
const crypto = require("node:crypto");
const jsforce = require("jsforce");

const [baseUrl, accessToken, refreshToken, clientId] = process.argv.slice(2);
const redirectUri = "http://localhost:1717/OauthRedirect";
const conn = new jsforce.Connection({ instanceUrl: baseUrl, accessToken, version: "66.0" });
let failed = 0;

function equal(found, wanted) {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    throw new Error(`found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`);
  }
}

async function step(name, act) {
  try {
    await act();
    console.log(JSON.stringify({ step: name, ok: true }));
  } catch (error) {
    failed += 1;
    console.log(JSON.stringify({ step: name, ok: false, error: String(error && error.stack || error) }));
  }
}

async function tour() {
  let id = "";
  await step("identity", async () => equal((await conn.identity()).username.includes("@"), true));
  await step("create, retrieve, update", async () => {
    id = (await conn.sobject("Account").create({ Name: "Halden Glass" })).id;
    equal((await conn.sobject("Account").retrieve(id)).Name, "Halden Glass");
    equal((await conn.sobject("Account").update({ Id: id, Phone: "1" })).success, true);
  });
  await step("upsert by key", async () => {
    const first = await conn.sobject("Account").upsert({ Key__c: "a/b 1", Name: "One" }, "Key__c");
    const again = await conn.sobject("Account").upsert({ Key__c: "a/b 1", Name: "Two" }, "Key__c");
    equal([first.created, again.created, first.id === again.id], [true, false, true]);
  });
  await step("collections: create, update, upsert, retrieve, delete", async () => {
    const rows = Array.from({ length: 30 }, (_, number) => ({ Name: `N${number}`, Key__c: `c${number}` }));
    const made = await conn.sobject("Account").create(rows, { allOrNone: true });
    equal(made.every((one) => one.success), true);
    const ids = made.map((one) => one.id);
    await conn.sobject("Account").update(ids.map((Id) => ({ Id, Phone: "2" })));
    const again = await conn.sobject("Account").upsert(rows, "Key__c");
    equal(again.map((one) => one.id), ids);
    const found = await conn.sobject("Account").retrieve(ids);
    equal(found.map((one) => one.Phone), ids.map(() => "2"));
    equal((await conn.sobject("Account").destroy(ids)).every((one) => one.success), true);
  });
  await step("a refused row has a code", async () => {
    const error = await conn.sobject("Account").create({}).catch((one) => one);
    equal(error.errorCode, "REQUIRED_FIELD_MISSING");
  });
  await step("query, paging, parents, children", async () => {
    await conn.sobject("Contact").create([{ LastName: "Moreau", AccountId: id }, { LastName: "Aziz", AccountId: id }]);
    const page = await conn.query("SELECT Id, LastName, Account.Name FROM Contact ORDER BY LastName NULLS LAST");
    equal(page.records.map((one) => one.Account.Name), ["Halden Glass", "Halden Glass"]);
    const tree = await conn.query(`SELECT Id, (SELECT LastName FROM Contacts) FROM Account WHERE Id = '${id}'`);
    equal(tree.records[0].Contacts.totalSize, 2);
    const found = await conn.sobject("Contact").find({ LastName: { $like: "M%" } }, ["Id", "LastName"]).limit(5);
    equal(found.length, 1);
  });
  await step("describe and describe global", async () => {
    equal((await conn.sobject("Task").describe()).keyPrefix, "00T");
    equal((await conn.describeGlobal()).sobjects.some((one) => one.name === "Task"), true);
  });
  await step("composite", async () => {
    const root = "/services/data/v66.0";
    const told = await conn.requestPost(`${root}/composite`, {
      allOrNone: true,
      compositeRequest: [
        { method: "POST", url: `${root}/sobjects/Account`, referenceId: "a", body: { Name: "Composite" } },
        { method: "POST", url: `${root}/sobjects/Contact`, referenceId: "b", body: { LastName: "C", AccountId: "@{a.id}" } },
      ],
    });
    equal(told.compositeResponse.map((one) => one.httpStatusCode), [201, 201]);
  });
  await step("updated and deleted", async () => {
    const start = new Date(Date.now() - 3600e3);
    const end = new Date(Date.now() + 120e3);
    equal((await conn.sobject("Account").updated(start, end)).ids.includes(id), true);
    equal((await conn.sobject("Account").deleted(start, end)).deletedRecords.length >= 30, true);
  });
  await step("bulk 2.0 upsert with an empty Id column, chunked", async () => {
    conn.bulk2.pollInterval = 20;
    conn.bulk2.pollTimeout = 30000;
    const job = conn.bulk2.createJob({ operation: "upsert", object: "Account", externalIdFieldName: "Key__c" });
    await job.open();
    const rows = Array.from({ length: 500 }, (_, number) => ({ Id: "", Key__c: `b${number}`, Name: `B "${number}",\nx` }));
    await job.uploadData([...rows, { Id: "", Key__c: "bad", Name: "" }]);
    await job.close();
    await job.poll(20, 30000);
    const told = await job.getAllResults();
    equal([told.successfulResults.length, told.failedResults.length, told.unprocessedRecords.length], [500, 1, 0]);
    equal(new Set(told.successfulResults.map((one) => one.Key__c)).size, 500);
  });
  await step("bulk 2.0 in one call", async () => {
    const told = await conn.bulk2.loadAndWaitForResults({
      object: "Account", operation: "insert", input: [{ Name: "L1" }, { Name: "L2" }], pollTimeout: 30000, pollInterval: 20,
    });
    equal(told.successfulResults.length, 2);
  });
  await step("bulk 2.0 query", async () => {
    const stream = await conn.bulk2.query("SELECT Id, Name FROM Account", { pollTimeout: 30000, pollInterval: 20 });
    const rows = await stream.toArray();
    equal(rows.length >= 500, true);
  });
  await step("limits", async () => {
    await conn.request("/services/data/v66.0/limits");
    equal(conn.limitInfo.apiUsage.limit, 100000);
  });
  await step("an expired session is refreshed", async () => {
    const other = new jsforce.Connection({
      oauth2: { loginUrl: baseUrl, clientId, redirectUri }, instanceUrl: baseUrl, accessToken: "00D000000000000!dead",
      refreshToken, version: "66.0",
    });
    let fresh = "";
    other.on("refresh", (token) => { fresh = token; });
    equal((await other.query("SELECT COUNT() FROM Account")).totalSize > 0, true);
    equal(fresh.startsWith("00D"), true);
  });
  await step("authorization code with PKCE and no method, then logout", async () => {
    const oauth2 = new jsforce.OAuth2({ loginUrl: baseUrl, clientId: "desk", redirectUri, useVerifier: true });
    const url = oauth2.getAuthorizationUrl({ scope: "api refresh_token", state: crypto.randomUUID() });
    equal(url.includes("code_challenge="), true);
    const answer = await fetch(url, { redirect: "manual" });
    const code = new URL(answer.headers.get("location")).searchParams.get("code");
    const own = new jsforce.Connection({ oauth2, version: "66.0" });
    const who = await own.authorize(code);
    equal([who.organizationId.slice(0, 3), own.accessToken.slice(0, 3)], ["00D", "00D"]);
    const token = own.accessToken;
    await own.logout();
    const dead = await fetch(`${baseUrl}/services/data/v66.0/limits`, { headers: { Authorization: `Bearer ${token}` } });
    equal(dead.status, 401);
  });
}

tour().then(() => process.exit(failed ? 1 : 0));
