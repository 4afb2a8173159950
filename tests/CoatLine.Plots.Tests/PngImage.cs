using System.Buffers.Binary;
using System.IO.Compression;

namespace CoatLine.Plots.Tests;

/// <summary>An 8-bit colour PNG read without the library that wrote it (ISO/IEC 15948, 9 and 10).</summary>
internal sealed class PngImage
{
    private const int HeaderLength = 8;
    private readonly byte[] _pixels;
    private readonly int _channels;

    private PngImage(int width, int height, int channels, byte[] pixels) =>
        (Width, Height, _channels, _pixels) = (width, height, channels, pixels);

    public int Width { get; }

    public int Height { get; }

    public static PngImage Read(byte[] png)
    {
        using MemoryStream packed = new();
        ReadOnlySpan<byte> rest = png.AsSpan(HeaderLength);
        ReadOnlySpan<byte> head = [];
        while (rest.Length > 0)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(rest);
            ReadOnlySpan<byte> type = rest.Slice(4, 4);
            ReadOnlySpan<byte> data = rest.Slice(8, length);
            if (type.SequenceEqual("IHDR"u8))
            {
                head = data;
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                packed.Write(data);
            }

            rest = rest[(12 + length)..];
        }

        int channels = head[9] == 6 ? 4 : 3;
        packed.Position = 0;
        using ZLibStream unpacked = new(packed, CompressionMode.Decompress);
        using MemoryStream rows = new();
        unpacked.CopyTo(rows);
        int width = BinaryPrimitives.ReadInt32BigEndian(head);
        int height = BinaryPrimitives.ReadInt32BigEndian(head[4..]);
        return new PngImage(width, height, channels, Unfilter(rows.ToArray(), width * channels, height, channels));
    }

    /// <summary>Red, green and blue of a pixel as one number, 0xRRGGBB.</summary>
    public int At(int x, int y)
    {
        int at = ((y * Width) + x) * _channels;
        return (_pixels[at] << 16) | (_pixels[at + 1] << 8) | _pixels[at + 2];
    }

    /// <summary>How many pixels have a colour, 0xRRGGBB.</summary>
    public int Count(int rgb) =>
        Enumerable.Range(0, Height).Sum(y => Enumerable.Range(0, Width).Count(x => At(x, y) == rgb));

    /// <summary>What a colour becomes in a grey print, 0 to 255 (ITU-R BT.709).</summary>
    public static double Grey(int rgb) =>
        (0.2126 * (rgb >> 16)) + (0.7152 * ((rgb >> 8) & 0xFF)) + (0.0722 * (rgb & 0xFF));

    private static byte[] Unfilter(byte[] rows, int stride, int height, int channels)
    {
        byte[] pixels = new byte[stride * height];
        for (int y = 0; y < height; y++)
        {
            byte filter = rows[y * (stride + 1)];
            for (int x = 0; x < stride; x++)
            {
                int left = x >= channels ? pixels[(y * stride) + x - channels] : 0;
                int up = y > 0 ? pixels[((y - 1) * stride) + x] : 0;
                int corner = x >= channels && y > 0 ? pixels[((y - 1) * stride) + x - channels] : 0;
                int predicted = filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    _ => Paeth(left, up, corner),
                };
                pixels[(y * stride) + x] = (byte)(rows[(y * (stride + 1)) + 1 + x] + predicted);
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int up, int corner)
    {
        int estimate = left + up - corner;
        (int a, int b, int c) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}
