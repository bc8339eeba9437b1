import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { build } from 'esbuild';

const root = join(__dirname, '..', '..');

interface Manifest {
  readonly version: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
    readonly colors: readonly { readonly id: string }[];
  };
}

function read(name: string): string {
  return readFileSync(join(root, name), 'utf8');
}

/** Sources of the extension, as one text. */
function sources(): string {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(join('src', name)))
    .join('\n');
}

const manifest = JSON.parse(read('package.json')) as Manifest;

describe('the README', () => {
  const readme = read('README.md');

  it('tells every command and every setting', () => {
    const { commands, configuration } = manifest.contributes;
    const missing = [
      ...commands.map(({ title }) => `| ${title} `).filter((row) => !readme.includes(row)),
      ...Object.keys(configuration.properties).filter((name) => !readme.includes(`\`${name}\``)),
    ];
    assert.deepEqual(missing, []);
  });

  it('names the file that packing makes, and shows pictures that are there', () => {
    assert.ok(readme.includes(`hotline-${manifest.version}.vsix`));
    for (const [, picture] of readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) {
      assert.ok(readFileSync(join(root, picture ?? '')).length > 0);
    }
  });
});

describe('the manifest', () => {
  const code = sources();

  it('has a handler for every command, by its name', () => {
    const unhandled = manifest.contributes.commands
      .map(({ command }) => command.replace('hotline.', ''))
      .filter((name) => !new RegExp(`\\b${name}(:|,|\\()`).test(code));
    assert.deepEqual(unhandled, []);
  });

  it('has no setting that nothing reads', () => {
    const unread = Object.keys(manifest.contributes.configuration.properties)
      .map((name) => name.replace('hotline.', ''))
      .filter((name) => !new RegExp(`[sS]etting\\('${name}'`).test(code));
    assert.deepEqual(unread, []);
  });
});

describe('the lock file', () => {
  it('holds no download addresses', () => {
    assert.doesNotMatch(read('package-lock.json'), /"resolved"/);
  });
});

describe('the third-party notices', () => {
  it('name every package that is bundled, with its version', async () => {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: ['src/extension.ts', 'src/profiles/worker.ts', 'webview/flamegraph/main.ts'],
      external: ['vscode'],
      bundle: true,
      platform: 'node',
      outdir: 'dist',
      write: false,
      metafile: true,
    });
    const packages = new Set(['speedscope']);
    for (const input of Object.keys(metafile.inputs)) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
      if (name !== undefined) packages.add(name);
    }
    const notices = read('ThirdPartyNotices.txt');
    assert.ok(packages.size > 3);
    for (const name of packages) {
      const { version } = JSON.parse(read(`node_modules/${name}/package.json`)) as Manifest;
      assert.ok(notices.includes(`${name} ${version} `), `${name} ${version}`);
    }
  });
});
