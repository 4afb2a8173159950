namespace CoatLine.Architecture.Tests.Fixtures.Server;

/// <summary>Deliberately broken: an interface where there is no seam.</summary>
public interface IBrokenServer;

/// <summary>What <see cref="Client.BrokenClient"/> must not know.</summary>
public sealed class BrokenServer : IBrokenServer;
