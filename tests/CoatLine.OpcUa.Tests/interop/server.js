"use strict";
// An independent OPC UA server for the interop tests: node-opcua on 127.0.0.1 at a free port, policy None, anonymous.
// It prints "PORT <n>" when it listens and stops when its standard input ends.
// Usage: node server.js <folder for certificates>
const net = require("net");
const {
  OPCUAServer, OPCUACertificateManager, Variant, DataType, VariantArrayType, StatusCodes, SecurityPolicy,
  MessageSecurityMode,
} = require("node-opcua");

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

function addNodes(server) {
  const space = server.engine.addressSpace;
  const ns = space.registerNamespace("urn:coatline:interop");
  const line = ns.addObject({ nodeId: "s=Line", browseName: "Line", organizedBy: space.rootFolder.objects });
  const variable = (name, dataType, value, more = {}) => ns.addVariable({
    componentOf: line, nodeId: `s=Line.${name}`, browseName: name, dataType,
    value: { dataType, arrayType: VariantArrayType.Scalar, value, ...more },
    minimumSamplingInterval: 10,
    ...(more.arrayType ? { valueRank: more.dimensions ? more.dimensions.length : 1 } : {}),
    ...(more.dimensions ? { arrayDimensions: more.dimensions } : {}),
  });
  variable("Flag", DataType.Boolean, true);
  variable("Count", DataType.Int32, -7);
  variable("Id", DataType.UInt64, [0x01234567, 0x89abcdef]);
  variable("Speed", DataType.Double, 1350.5);
  variable("Text", DataType.String, "水Boy");
  variable("When", DataType.DateTime, new Date("2026-03-04T05:06:07.089Z"));
  variable("Profile", DataType.Double, new Float64Array([1.5, -2.25, 3.125]), { arrayType: VariantArrayType.Array });
  variable("Matrix", DataType.Int32, new Int32Array([1, 2, 3, 4, 5, 6]),
    { arrayType: VariantArrayType.Matrix, dimensions: [2, 3] });
  const bad = variable("Bad", DataType.Double, 0);
  bad.setValueFromSource({ dataType: DataType.Double, value: 0 }, StatusCodes.BadSensorFailure);

  const many = ns.addObject({ nodeId: "s=Many", browseName: "Many", organizedBy: space.rootFolder.objects });
  for (let i = 0; i < 250; i++) {
    ns.addVariable({
      componentOf: many, nodeId: `s=Many.${i}`, browseName: `Item${i}`, dataType: "Int32",
      value: { dataType: DataType.Int32, value: i },
    });
  }

  const method = ns.addMethod(line, {
    nodeId: "s=Line.Add", browseName: "Add",
    inputArguments: [{ name: "a", dataType: DataType.Double }, { name: "b", dataType: DataType.Double }],
    outputArguments: [{ name: "sum", dataType: DataType.Double }],
  });
  method.bindMethod((inputs, context, callback) => callback(null, {
    statusCode: StatusCodes.Good,
    outputArguments: [new Variant({ dataType: DataType.Double, value: inputs[0].value + inputs[1].value })],
  }));
}

async function main() {
  const certificates = new OPCUACertificateManager({
    rootFolder: process.argv[2], automaticallyAcceptUnknownCertificate: true,
  });
  await certificates.initialize();
  const server = new OPCUAServer({
    port: await freePort(), host: "127.0.0.1", hostname: "localhost",
    serverCertificateManager: certificates, userCertificateManager: certificates,
    securityPolicies: [SecurityPolicy.None], securityModes: [MessageSecurityMode.None], allowAnonymous: true,
    serverInfo: { applicationUri: "urn:coatline:interop:server" },
    serverCapabilities: { operationLimits: { maxNodesPerRead: 100, maxNodesPerBrowse: 50 } },
    alternateHostname: ["127.0.0.1"],
  });
  await server.initialize();
  addNodes(server);
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
