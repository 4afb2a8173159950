"use strict";
// node-opcua's client against a server of the benchmark. Each line on standard input is a piece of work,
// "<kind> <items> <depth> <ms>"; the answer is "SAMPLE <json>".
// Usage: node node-client.js <endpoint URL>
const readline = require("readline");
const { load, scratch } = require("./packages.js");
const {
  OPCUAClient, OPCUACertificateManager, AttributeIds, DataType, TimestampsToReturn, ClientSubscription,
  ClientMonitoredItemGroup, SecurityPolicy, MessageSecurityMode,
} = load();

const FIRST_ID = 1000;
const SETTLING_MS = 1000;
const url = process.argv[2];
const now = () => Number(process.hrtime.bigint()) / 1000;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function quantile(sorted, part) {
  return sorted.length ? sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] : null;
}

function meter() {
  const at = now();
  const cpu = process.cpuUsage();
  return (items, durations) => {
    const used = process.cpuUsage(cpu);
    const elapsed = (now() - at) / 1e6;
    durations.sort((a, b) => a - b);
    return {
      items, elapsed_s: elapsed, cpu_s: (used.user + used.system) / 1e6,
      p50_us: quantile(durations, 0.5), p99_us: quantile(durations, 0.99),
    };
  };
}

async function repeat(lanes, itemsPerCall, ms, call) {
  const durations = [];
  const end = now() + ms * 1000;
  const stop = meter();
  await Promise.all(Array.from({ length: lanes }, async () => {
    while (now() < end) {
      const at = now();
      await call();
      durations.push(now() - at);
    }
  }));
  return stop(durations.length * itemsPerCall, durations);
}

async function watch(session, ns, items, ms) {
  const subscription = ClientSubscription.create(session, {
    requestedPublishingInterval: 100, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 20,
    maxNotificationsPerPublish: 10000, publishingEnabled: true, priority: 1,
  });
  await new Promise((resolve) => subscription.once("started", resolve));
  const nodes = Array.from({ length: items }, (_, i) => (
    { nodeId: `ns=${ns};i=${FIRST_ID + i}`, attributeId: AttributeIds.Value }));
  const group = ClientMonitoredItemGroup.create(
    subscription, nodes, { samplingInterval: 0, discardOldest: true, queueSize: 16 }, TimestampsToReturn.Both);
  let count = 0;
  let ages = [];
  group.on("changed", (item, value) => {
    count++;
    ages.push((Date.now() - value.sourceTimestamp.getTime()) * 1000);
  });
  await new Promise((resolve) => group.once("initialized", resolve));
  const change = (value) => session.write({
    nodeId: `ns=${ns};s=Changing`, attributeId: AttributeIds.Value, value: { value: { dataType: DataType.Int32, value } },
  });
  await change(items);
  await sleep(SETTLING_MS);
  count = 0;
  ages = [];
  const stop = meter();
  await sleep(ms);
  const sample = stop(count, ages);
  await change(0);
  await subscription.terminate();
  return sample;
}

async function main() {
  const certificates = new OPCUACertificateManager({ rootFolder: scratch("client") });
  await certificates.initialize();
  const create = () => OPCUAClient.create({
    applicationName: "Bench", endpointMustExist: false, securityPolicy: SecurityPolicy.None,
    securityMode: MessageSecurityMode.None, connectionStrategy: { maxRetry: 0 },
    clientCertificateManager: certificates,
  });
  const connect = async () => {
    const client = create();
    await client.connect(url);
    return { client, session: await client.createSession() };
  };
  const { client, session } = await connect();
  const ns = (await session.readNamespaceArray()).indexOf("urn:coatline:bench");
  const value = { nodeId: `ns=${ns};i=${FIRST_ID}`, attributeId: AttributeIds.Value };

  const work = {
    Connect: async (items, depth, ms) => {
      const durations = [];
      const end = now() + ms * 1000;
      const stop = meter();
      while (now() < end) {
        const at = now();
        const one = await connect();
        durations.push(now() - at);
        await one.session.close();
        await one.client.disconnect();
      }
      return stop(durations.length, durations);
    },
    Read: (items, depth, ms) => repeat(depth, 1, ms, () => session.read(value)),
    Write: (items, depth, ms) => repeat(1, 1, ms, () => session.write(
      { ...value, value: { value: { dataType: DataType.Double, value: 1.5 } } })),
    Batch: (items, depth, ms) => {
      const nodes = Array.from({ length: items }, (_, i) => (
        { nodeId: `ns=${ns};i=${FIRST_ID + i}`, attributeId: AttributeIds.Value }));
      return repeat(1, items, ms, () => session.read(nodes));
    },
    Monitored: (items, depth, ms) => watch(session, ns, items, ms),
  };
  console.log("READY now");
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [kind, items, depth, ms] = line.split(" ");
    console.log(`SAMPLE ${JSON.stringify(await work[kind](Number(items), Number(depth), Number(ms)))}`);
  }
  await session.close();
  await client.disconnect();
}

main().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
