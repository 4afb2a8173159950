namespace CoatLine.Plots.Drawing;

/// <summary>Puts labels apart that would lie on one another.</summary>
internal static class Spreading
{
    /// <summary>Places at least a gap apart, each as near to the wanted one as a pass down and a pass up make it.
    /// </summary>
    /// <param name="wanted">Places wanted, ascending.</param>
    /// <param name="gap">Least distance, above 0.</param>
    /// <param name="low">Least place.</param>
    /// <param name="high">Greatest place; where there is no room for all, the last ones lie beyond it.</param>
    public static float[] Apart(ReadOnlySpan<float> wanted, float gap, float low, float high)
    {
        float[] places = new float[wanted.Length];
        float least = low;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = Math.Max(wanted[i], least);
            least = places[i] + gap;
        }

        // Pushed down only: give half of every push back upwards where there is room.
        float most = Math.Max(high, low + ((places.Length - 1) * gap));
        for (int i = places.Length - 1; i >= 0; i--)
        {
            float free = i == 0 ? low : places[i - 1] + gap;
            places[i] = Math.Min(places[i], most);
            float back = (places[i] - wanted[i]) / 2f;
            places[i] = back > 0f ? Math.Max(places[i] - back, Math.Min(free, places[i])) : places[i];
            most = places[i] - gap;
        }

        return places;
    }
}
