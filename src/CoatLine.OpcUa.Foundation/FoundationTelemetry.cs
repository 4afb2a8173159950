using Microsoft.Extensions.Logging;
using Ua = Opc.Ua;

namespace CoatLine.OpcUa.Foundation;

/// <summary>Sends what the Foundation's stack logs to the log of the MES.</summary>
internal sealed class FoundationTelemetry(ILoggerFactory loggers) : Ua.TelemetryContextBase(loggers);
