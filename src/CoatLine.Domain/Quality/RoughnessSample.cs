namespace CoatLine.Domain.Quality;

/// <summary>Roughness of one sample of an electrode, confocal, ISO 25178.</summary>
/// <param name="Id">Sample id, unique for the electrode.</param>
/// <param name="SaUm">Arithmetic mean height in µm, ≥ 0; null when not of good quality.</param>
/// <param name="SzUm">Maximum height in µm, ≥ 0; null when not of good quality.</param>
public sealed record RoughnessSample(int Id, decimal? SaUm, decimal? SzUm);
