import type { Annotations } from '../../core/derive/annotations';
import { readWithProgress, type FollowedReading } from '../../platform/readWithProgress';
import type { AnnotatedSource } from './annotatedSource';
import type { ProfileToAnnotate } from './timingSession';

/** Reads the costs of profiles. */
export interface AnnotationImporter {
  annotations(
    source: AnnotatedSource,
    options: Pick<ProfileToAnnotate, 'choice'> & Partial<FollowedReading>,
  ): Promise<Annotations>;
}

/**
 * The costs of a profile; of one that is read from several files, with a notification that tells how
 * far it is and can cancel it.
 *
 * @param signal calls the reading of several files off
 * @returns `undefined` when it was called off
 */
export async function readAnnotations(
  importer: AnnotationImporter,
  { path, choice, title }: ProfileToAnnotate,
  signal: AbortSignal,
): Promise<Annotations | undefined> {
  // To stop one file in its middle would cost more than it saves: the reader starts anew.
  if (typeof path === 'string') return importer.annotations(path, { choice });
  return readWithProgress(`Reading the timings of ${title}`, signal, (followed) =>
    importer.annotations(path, { choice, ...followed }),
  );
}
