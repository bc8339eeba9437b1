import { StacksBuilder } from '../model/stacksBuilder';
import type { Format } from './format';
import { TachyonCursor } from './tachyon/cursor';
import { isRecording, readHeader, type Header } from './tachyon/header';
import { SampleRecords, sampleWeight } from './tachyon/samples';
import { readFrames } from './tachyon/tables';
import { decompress } from './tachyon/zstd';

/**
 * What Python 3.15's sampler writes with `--binary` (`Modules/_remote_debugging/binary_io.h` and
 * `binary_io_writer.c` of 3.15.0rc1, version 1 of the format).
 */
export const tachyon: Format = {
  id: 'tachyon',
  label: 'Tachyon binary',
  tools: 'Python 3.15’s `profiling.sampling --binary`',
  detect: isRecording,
  read({ bytes }) {
    const header = readHeader(bytes);
    const builder = new StacksBuilder();
    const frames = readFrames(bytes, header, builder);
    const weight = sampleWeight(header.interval);
    const cursor = new TachyonCursor(samplesOf(bytes, header), header.isLittleEndian);
    new SampleRecords(cursor, frames, builder, weight).readAll();
    return {
      format: tachyon.id,
      ...builder.finish(weight.unit, builder.costliestLane()),
      lines: [],
      request: {},
      warnings: [],
    };
  },
};

function samplesOf(bytes: Buffer, { samplesAt, stringsAt, isCompressed }: Header): Buffer {
  const samples = bytes.subarray(samplesAt, stringsAt);
  return isCompressed ? decompress(samples) : samples;
}
