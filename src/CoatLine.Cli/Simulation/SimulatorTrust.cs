using CoatLine.Hosting;
using CoatLine.OpcUa.Pki;
using CoatLine.Simulator;

namespace CoatLine.Cli.Simulation;

/// <summary>
/// The MES and the simulator of one data folder trust each other from the first start on: whoever may write the folder
/// may put certificates into both stores anyway.
/// </summary>
internal static class SimulatorTrust
{
    /// <summary>The simulator's certificate store below a data folder.</summary>
    public static string Below(string dataFolder) => Path.Combine(dataFolder, "pki", "simulator");

    /// <summary>Makes both own certificates where they are missing, and puts each into the other's trusted list.
    /// </summary>
    /// <exception cref="PkiException">A store cannot be used; the message names the file and the cure.</exception>
    public static void Exchange(string dataFolder, OpcUaOptions security, TimeProvider real)
    {
        CoatLineOptions options = new() { DataDirectory = dataFolder, OpcUa = security };
        PkiStore simulator = new(Below(dataFolder), real);
        OwnCertificate simulatorOwn = simulator.OwnCertificate(SimulatedLine.Identity);
        OwnCertificate mesOwn = LineAccess.Own(options, real);
        simulator.Add(PkiFolder.Trusted, mesOwn.Certificate);
        new PkiStore(LineAccess.PkiDirectory(options), real).Add(PkiFolder.Trusted, simulatorOwn.Certificate);
    }
}
