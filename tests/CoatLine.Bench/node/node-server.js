"use strict";
// node-opcua's server with the nodes of the benchmark, on 127.0.0.1 at a free port, policy None, anonymous.
// It prints "URL <endpoint URL>" when it listens and stops when its standard input ends.
const { freePort, load, scratch } = require("./packages.js");
const { OPCUAServer, OPCUACertificateManager, DataType, SecurityPolicy, MessageSecurityMode, StatusCodes } = load();

const COUNT = 5000;
const CHANGE_MS = 100;

async function main() {
  const certificates = new OPCUACertificateManager({
    rootFolder: scratch("server"), automaticallyAcceptUnknownCertificate: true,
  });
  await certificates.initialize();
  const port = await freePort();
  const server = new OPCUAServer({
    port, host: "127.0.0.1", hostname: "localhost", alternateHostname: ["127.0.0.1"],
    serverCertificateManager: certificates, userCertificateManager: certificates,
    securityPolicies: [SecurityPolicy.None], securityModes: [MessageSecurityMode.None], allowAnonymous: true,
    serverInfo: { applicationUri: "urn:coatline:bench:node" },
    serverCapabilities: { maxSessions: 100, operationLimits: { maxNodesPerRead: 5000, maxMonitoredItemsPerCall: 5000 } },
  });
  await server.initialize();
  const space = server.engine.addressSpace;
  const ns = space.registerNamespace("urn:coatline:bench");
  const add = (nodeId, browseName, dataType, value) => ns.addVariable({
    organizedBy: space.rootFolder.objects, nodeId, browseName, dataType, value: { dataType, value },
    minimumSamplingInterval: 0, accessLevel: "CurrentRead | CurrentWrite",
  });
  const values = [];
  for (let i = 0; i < COUNT; i++) {
    values.push(add(`i=${1000 + i}`, `V${i}`, DataType.Double, 0));
  }
  const changing = add("s=Changing", "Changing", DataType.Int32, 0);
  let step = 0;
  setInterval(() => {
    step++;
    const count = Math.min(changing.readValue().value.value, COUNT);
    for (let i = 0; i < count; i++) {
      values[i].setValueFromSource({ dataType: DataType.Double, value: step }, StatusCodes.Good, new Date());
    }
  }, CHANGE_MS);
  await server.start();
  console.log(`URL opc.tcp://127.0.0.1:${port}`);
  process.stdin.resume();
  process.stdin.on("end", async () => {
    await server.shutdown(0);
    process.exit(0);
  });
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
