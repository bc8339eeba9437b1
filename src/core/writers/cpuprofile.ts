import { CpuProfileBuilder, microsecondsPer } from './cpuprofile/builder';
import type { ExportSource } from './exportSource';
import { commonLosses, lossIf, stackLosses, unshownLanes } from './losses';
import { exportedLanes, hasExecutingLines, sampleCosts } from './stackNodes';
import { refuseNegative, roundingLosses, timeOnlyLosses } from './units';
import type { Loss, Writer } from './writer';

/**
 * A `.cpuprofile` as Chrome 58 and later write it: `Profiler.Profile` of the Chrome DevTools Protocol
 * 1.3, https://chromedevtools.github.io/devtools-protocol/1-3/Profiler/#type-Profile.
 */
export const cpuprofile: Writer = {
  id: 'cpuprofile',
  label: '.cpuprofile (VS Code, Chrome DevTools)',
  extension: '.cpuprofile',
  losses(source) {
    const { stacks, profile } = source;
    refuseNegative(sampleCosts(stacks));
    const microseconds = { name: 'microseconds', perUnit: microsecondsPer(stacks) };
    return [
      ...commonLosses(source),
      ...stackLosses(source),
      ...unshownLanes(profile),
      ...laneLosses(source),
      ...timeOnlyLosses(profile, 'microseconds'),
      ...roundingLosses(sampleCosts(stacks), microseconds),
      ...lossIf(
        profile.lines.length > 0 || hasExecutingLines(profile),
        'lines',
        'Of lines only the numbers of samples taken at them are held.',
      ),
    ];
  },
  write(source) {
    const { stacks } = source;
    refuseNegative(sampleCosts(stacks));
    const startTime = Math.round((stacks.request.startedMs ?? 0) * 1e3);
    return JSON.stringify(new CpuProfileBuilder(stacks).build(startTime));
  },
};

function laneLosses({ stacks }: ExportSource): Loss[] {
  const sentence = 'The threads stand one after another, each below a frame of its name.';
  return lossIf(exportedLanes(stacks).length > 1, 'lanes', sentence);
}
