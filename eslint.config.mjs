import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Paths a folder may not import, each with the sentence of the architecture that it would break. */
const forbid = (...patterns) => ({
  'no-restricted-imports': [
    'error',
    { patterns: patterns.map(([group, message]) => ({ group, message })) },
  ],
});

const vscode = [['vscode'], 'Nothing under src/core, webview or protocol knows vscode.'];
const outsideCore = [
  [
    '**/profiles/**',
    '**/server/**',
    '**/views/**',
    '**/protocol/**',
    '**/platform/**',
    '**/collector/**',
  ],
  'The core imports nothing outside the core.',
];
const collector = [
  ['**/profiles/**', '**/server/**', '**/protocol/**', '**/platform/**', '**/cli/**'],
  'The collector runs without VS Code and knows the core only.',
];
const views = [['**/views/**'], 'Only extension.ts knows the views.'];
const formats = [['**/formats/**'], 'A view never reads a file: it is given a derivation.'];

export default tseslint.config(
  { ignores: ['dist/', '.cache/', 'node_modules/', 'test/fixtures/'] },
  js.configs.recommended,
  { files: ['**/*.ts'], extends: [tseslint.configs.strictTypeChecked] },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // node:test returns promises from describe and it that nobody awaits.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['describe', 'it', 'test'], package: 'node:test' },
          ],
        },
      ],
    },
  },
  { files: ['src/core/**'], rules: forbid(vscode, outsideCore) },
  {
    files: ['src/core/model/**'],
    rules: forbid(vscode, outsideCore, [
      ['**/formats/**', '**/derive/**'],
      'The model knows neither formats nor derivations.',
    ]),
  },
  {
    files: ['src/core/formats/**'],
    rules: forbid(vscode, outsideCore, [
      ['**/derive/**'],
      'A format turns bytes into a Profile and no further.',
    ]),
  },
  { files: ['src/core/derive/**'], rules: forbid(vscode, outsideCore, formats) },
  {
    files: ['src/core/writers/**'],
    rules: forbid(vscode, outsideCore, [
      ['**/formats/**'],
      'A writer knows the model and its derivations, and no reader of a format.',
    ]),
  },
  { files: ['src/collector/**'], rules: forbid(vscode, collector, views) },
  { files: ['src/protocol/**'], rules: forbid(vscode) },
  {
    files: ['src/platform/**'],
    rules: forbid(views, [['**/profiles/**', '**/server/**'], 'The platform knows no feature.']),
  },
  { files: ['src/profiles/**', 'src/server/**'], rules: forbid(views) },
  { files: ['src/views/**'], rules: forbid(formats) },
  {
    files: ['webview/**'],
    rules: forbid(vscode, [
      ['node:*', '**/core/**', '**/views/**', '**/profiles/**', '**/platform/**'],
      'A webview draws what it is sent and knows the protocol only.',
    ]),
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        AbortSignal: 'readonly',
      },
    },
  },
);
