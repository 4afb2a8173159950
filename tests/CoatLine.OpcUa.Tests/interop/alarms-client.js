"use strict";
// An independent OPC UA client for the interop tests: alarms and conditions of our server, policy None, anonymous.
// It prints one line per thing that it saw and exits with 0 when all of it worked.
// Usage: node alarms-client.js <endpoint URL>
const {
  OPCUAClient, AttributeIds, DataType, TimestampsToReturn, ClientSubscription, ClientMonitoredItem, SecurityPolicy,
  MessageSecurityMode, constructEventFilter, ofType,
} = require("node-opcua");

const fields = [
  "EventId", "EventType", "SourceName", "ConditionName", "Severity", "Message", "ActiveState.Id", "AckedState.Id",
  "Retain",
];

async function main() {
  const [endpointUrl] = process.argv.slice(2);
  const client = OPCUAClient.create({
    applicationName: "Interop", endpointMustExist: false, securityPolicy: SecurityPolicy.None,
    securityMode: MessageSecurityMode.None, connectionStrategy: { maxRetry: 0 },
  });
  await client.connect(endpointUrl);
  const session = await client.createSession();
  const subscription = ClientSubscription.create(session, {
    requestedPublishingInterval: 50, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 10,
    publishingEnabled: true, priority: 1,
  });
  await new Promise((resolve) => subscription.once("started", resolve));
  const filter = constructEventFilter(fields, ofType("AlarmConditionType"));
  const item = ClientMonitoredItem.create(
    subscription, { nodeId: "i=2253", attributeId: AttributeIds.EventNotifier },
    { samplingInterval: 0, discardOldest: true, queueSize: 100, filter }, TimestampsToReturn.Both);
  const waiting = [];
  const come = [];
  item.on("changed", (values) => {
    const event = Object.fromEntries(fields.map((name, i) => [name, values[i].value]));
    const next = waiting.shift();
    if (next) next(event); else come.push(event);
  });
  const next = () => (come.length ? Promise.resolve(come.shift()) : new Promise((resolve) => waiting.push(resolve)));
  await new Promise((resolve, reject) => {
    item.once("initialized", resolve);
    item.once("err", (message) => reject(new Error(message)));
  });
  const refresh = () => session.call({
    objectId: "i=2782", methodId: "i=3875",
    inputArguments: [{ dataType: DataType.UInt32, value: subscription.subscriptionId }],
  });
  console.log(`REFRESHED ${(await refresh()).statusCode.name}`);
  console.log(`BEGIN ${(await next()).EventType.value}`);
  const alarm = await next();
  console.log(`ALARM ${alarm.SourceName} ${alarm.ConditionName} ${alarm.Severity} ${alarm.Message.text}`);
  console.log(`STATE ${alarm["ActiveState.Id"]} ${alarm["AckedState.Id"]} ${alarm.Retain}`);
  console.log(`END ${(await next()).EventType.value}`);
  const acknowledge = () => session.call({
    objectId: "ns=2;s=Mixer.LidOpen", methodId: "i=9111",
    inputArguments: [
      { dataType: DataType.ByteString, value: alarm.EventId },
      { dataType: DataType.LocalizedText, value: { text: "seen" } },
    ],
  });
  console.log(`ACKNOWLEDGED ${(await acknowledge()).statusCode.name}`);
  const after = await next();
  console.log(`AFTER ${after["ActiveState.Id"]} ${after["AckedState.Id"]}`);
  console.log(`AGAIN ${(await acknowledge()).statusCode.name}`);
  const type = await session.translateBrowsePath({
    startingNode: "i=2915",
    relativePath: {
      elements: [{
        referenceTypeId: "i=33", isInverse: false, includeSubtypes: true,
        targetName: { namespaceIndex: 0, name: "ActiveState" },
      }],
    },
  });
  console.log(`TYPE ${type.statusCode.name}`);
  await subscription.terminate();
  await session.close();
  await client.disconnect();
  console.log("DONE ");
}

main().catch((error) => {
  console.log(`FAILED ${error.stack}`);
  process.exit(1);
});
