using BenchmarkDotNet.Running;
using MusicRec.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(StageBenchmarks).Assembly).Run(args);
