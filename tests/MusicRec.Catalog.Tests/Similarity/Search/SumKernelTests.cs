using System.Runtime.Intrinsics;
using CsCheck;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Search;

namespace MusicRec.Catalog.Tests.Similarity.Search;

public sealed class SumKernelTests
{
    private static readonly int Bytes = Vector256<byte>.Count;

    [Fact]
    public void MultiplyAdd_AnyBytes_IsTheSumOfTwoProducts_WithAVX2AndWithout() =>
        Gen.Select(Gen.Int[0, 127].Array[Bytes], Gen.Int[-127, 127].Array[Bytes]).Sample((rows, query) =>
        {
            var row = Vector256.Create([.. rows.Select(value => (byte)value)]);
            var asked = Vector256.Create([.. query.Select(value => (sbyte)value)]);

            var expected = Vector256.Create([.. Enumerable.Range(0, Bytes / 2).Select(i => (short)((rows[2 * i] * query[2 * i]) + (rows[(2 * i) + 1] * query[(2 * i) + 1])))]);

            Assert.Equal(expected, SumKernel.MultiplyAddPortable(row, asked));
            Assert.Equal(expected, SumKernel.MultiplyAdd(row, asked));
        });

    [Theory]
    [InlineData(127, 127)]
    [InlineData(127, -127)]
    public void MultiplyAdd_LargestBytes_DoNotSaturate(byte rows, sbyte query) =>
        Assert.Equal(Vector256.Create((short)(2 * rows * query)), SumKernel.MultiplyAdd(Vector256.Create(rows), Vector256.Create(query)));

    /// <summary>What the answers' exactness rests on: no cosine is farther from its sum than the bound says, and the bound is worth something.</summary>
    [Fact]
    public void Sum_AnyTable_IsTheCosineToWithinItsBound() =>
        Gen.Select(Gen.Int[1, 27], Gen.Int[0, 8]).SelectMany((columns, spread) => Gen.Double[-1, 1].Array[columns].Array[1, 40].Select(rows => (rows, spread))).Sample(table =>
        {
            // Columns from even to very uneven: down to 1e-24 of the first.
            var vectors = PlainSearch.Table([.. table.rows.Select(row => row.Select((value, column) => value * Math.Pow(10, -column * table.spread / 9.0)).ToArray())]);
            var codes = new RowCodes(vectors);
            for (var asked = 0; asked < vectors.Count; asked++)
            {
                var query = new QueryCode(codes, vectors[asked]);
                Assert.InRange(query.Bound, 0, 0.1);
                for (var row = 0; row < vectors.Count; row++)
                {
                    var (low, high) = SumKernel.Sum(codes.Lines(row / RowCodes.PanelRows, 1), query.Pairs, query.Start);
                    var place = row % RowCodes.PanelRows;
                    var sum = place < Vector256<short>.Count ? low[place] : high[place - Vector256<short>.Count];
                    Assert.InRange(Math.Abs(UnitVectors.Cosine(vectors[asked], vectors[row]) - (sum * query.Unit)), 0, query.Bound);
                }
            }
        });
}
