"use strict";
// node-opcua as the server of a line: it loads the node sets it is given and listens on 127.0.0.1. It prints
// "PORT <n>" when it listens and stops when its standard input ends.
// Usage: node line-server.js '{"port": 0, "nodesets": ["<file>", …], …}'
const net = require("net");
const {
  OPCUAServer, OPCUACertificateManager, Variant, DataType, StatusCodes, SecurityPolicy, MessageSecurityMode, nodesets,
} = require("node-opcua");

const CONTRACT = "urn:coatline:plc-tags:1";
const TYPES = "urn:coatline:conformance";

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function fill(space, settings) {
  const contract = space.getNamespaceIndex(CONTRACT);
  const types = space.getNamespaceIndex(TYPES);
  if (contract < 0 || types < 0) {
    return;
  }

  const node = (index, name) => space.findNode(`ns=${index};s=${name}`);
  node(types, "Types.Bad").setValueFromSource({ dataType: DataType.Double, value: 0 }, StatusCodes.BadSensorFailure);
  node(contract, "Mixer.Live.SlurryTemp").setValueFromSource(
    { dataType: DataType.Double, value: settings.slurryTemperature });
  node(types, "Types.Add").bindMethod((inputs, context, callback) => callback(null, {
    statusCode: StatusCodes.Good,
    outputArguments: [new Variant({ dataType: DataType.Double, value: inputs[0].value + inputs[1].value })],
  }));
}

// An alarm of the mixer that stands while Types.LidOpen is not what Types.LidClosed says.
function addAlarm(space, settings) {
  const types = space.getNamespaceIndex(TYPES);
  if (types < 0) {
    return;
  }

  space.installAlarmsAndConditionsService();
  const mixer = space.findNode(`ns=${space.getNamespaceIndex(CONTRACT)};s=Mixer`);
  mixer.setEventNotifier(1);
  space.rootFolder.objects.server.addReference({ referenceType: "HasEventSource", nodeId: mixer });
  const alarm = space.getNamespace(TYPES).instantiateOffNormalAlarm({
    browseName: settings.alarm, conditionName: settings.alarm, conditionSource: mixer,
    inputNode: space.findNode(`ns=${types};s=Types.LidOpen`),
    normalState: space.findNode(`ns=${types};s=Types.LidClosed`),
  });
  alarm.setEnabledState(true);
  // The name as the contract has it, without node-opcua's namespace index before it.
  alarm.sourceName.setValueFromSource({ dataType: DataType.String, value: mixer.browseName.name });
  alarm.severity.setValueFromSource({ dataType: DataType.UInt16, value: settings.severity });
}

async function main() {
  const settings = JSON.parse(process.argv[2]);
  const trust = async (rootFolder) => {
    const manager = new OPCUACertificateManager({ rootFolder, automaticallyAcceptUnknownCertificate: false });
    await manager.initialize();
    return manager;
  };
  const plain = settings.allowsInsecure;
  const server = new OPCUAServer({
    port: settings.port || await freePort(), host: "127.0.0.1", hostname: "localhost",
    nodeset_filename: [nodesets.standard, ...settings.nodesets],
    serverCertificateManager: await trust(settings.applications), userCertificateManager: await trust(settings.users),
    certificateFile: settings.certificate, privateKeyFile: settings.key,
    securityPolicies: [
      ...(plain ? [SecurityPolicy.None] : []),
      SecurityPolicy.Basic256Sha256, SecurityPolicy.Aes128_Sha256_RsaOaep, SecurityPolicy.Aes256_Sha256_RsaPss,
    ],
    securityModes: [
      ...(plain ? [MessageSecurityMode.None] : []), MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt,
    ],
    allowAnonymous: true,
    userManager: { isValidUser: (name, password) => name === settings.user && password === settings.password },
    serverInfo: { applicationUri: settings.applicationUri },
    alternateHostname: ["127.0.0.1"],
  });
  await server.initialize();
  fill(server.engine.addressSpace, settings);
  addAlarm(server.engine.addressSpace, settings);
  await server.start();
  console.log(`PORT ${server.endpoints[0].port}`);
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
