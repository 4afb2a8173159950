"use strict";
// An independent OPC UA client for the interop tests: node-opcua against our server, policy None, anonymous.
// It prints one line per thing that it saw and exits with 0 when all of it worked.
// Usage: node client.js <endpoint URL> <namespace URI>
const {
  OPCUAClient, AttributeIds, DataType, TimestampsToReturn, ClientSubscription, ClientMonitoredItem, SecurityPolicy,
  MessageSecurityMode, makeBrowsePath,
} = require("node-opcua");

async function main() {
  const [endpointUrl, namespaceUri] = process.argv.slice(2);
  const client = OPCUAClient.create({
    applicationName: "Interop", endpointMustExist: false, securityPolicy: SecurityPolicy.None,
    securityMode: MessageSecurityMode.None, connectionStrategy: { maxRetry: 0 },
  });
  await client.connect(endpointUrl);
  const endpoints = await client.getEndpoints();
  console.log(`ENDPOINT ${endpoints[0].endpointUrl}`);
  const servers = await client.findServers();
  console.log(`SERVER ${servers[0].applicationUri}`);

  const session = await client.createSession();
  const namespaces = await session.readNamespaceArray();
  const ns = namespaces.indexOf(namespaceUri);
  const id = (name) => `ns=${ns};s=${name}`;
  const line = await session.browse(id("Line"));
  console.log(`BROWSED ${line.references.map((reference) => reference.browseName.name).join(",")}`);
  const types = await session.browse("i=93");
  console.log(`TYPES ${types.statusCode.name}`);
  const translated = await session.translateBrowsePath(makeBrowsePath("i=85", `/${ns}:Line/${ns}:Speed`));
  console.log(`TRANSLATED ${translated.targets[0].targetId.value}`);

  const read = (name) => session.read({ nodeId: id(name), attributeId: AttributeIds.Value });
  console.log(`SPEED ${(await read("Speed")).value.value}`);
  console.log(`PROFILE ${Array.from((await read("Profile")).value.value).join(",")}`);
  const range = (await read("Speed.EURange")).value.value;
  console.log(`RANGE ${range.low}..${range.high}`);
  console.log(`STATE ${(await session.read({ nodeId: "i=2256", attributeId: AttributeIds.Value })).value.value.state}`);

  const write = (name, dataType, value) => session.write({
    nodeId: id(name), attributeId: AttributeIds.Value, value: { value: { dataType, value } },
  });
  console.log(`WRITTEN ${(await write("Speed", DataType.Double, 25.5)).name}`);
  console.log(`MISMATCH ${(await write("Speed", DataType.Int32, 25)).name}`);
  console.log(`LOCKED ${(await write("Locked", DataType.Int32, 25)).name}`);
  const call = await session.call({
    objectId: id("Line"), methodId: id("Add"),
    inputArguments: [{ dataType: DataType.Double, value: 1.5 }, { dataType: DataType.Double, value: 2 }],
  });
  console.log(`CALLED ${call.outputArguments[0].value}`);

  const subscription = ClientSubscription.create(session, {
    requestedPublishingInterval: 50, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 10,
    publishingEnabled: true, priority: 1,
  });
  const item = ClientMonitoredItem.create(
    subscription, { nodeId: id("Count"), attributeId: AttributeIds.Value },
    { samplingInterval: 0, discardOldest: true, queueSize: 100 }, TimestampsToReturn.Both);
  const last = 20;
  const seen = await new Promise((resolve) => {
    const values = [];
    item.on("changed", async (change) => {
      const value = change.value.value;
      values.push(value);
      if (value === last) {
        resolve(values);
      } else {
        await write("Count", DataType.Int32, value + 1);
      }
    });
  });
  console.log(`CHANGES ${seen.join(",")}`);
  await subscription.terminate();
  await session.close();
  await client.disconnect();
  console.log("DONE ");
}

main().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
