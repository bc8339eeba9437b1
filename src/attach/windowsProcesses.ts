import { runShortProcess } from '../server/shortProcess';
import { distinctPorts, isPython, type PythonProcess } from './pythonProcess';

/** Windows tells no working directory of another process. */
const SCRIPT = `
$ErrorActionPreference = 'SilentlyContinue'
[Console]::OutputEncoding = [Text.Encoding]::UTF8
$me = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
$ports = @(Get-NetTCPConnection -State Listen | Group-Object OwningProcess -AsHashTable -AsString)[0]
$found = Get-CimInstance Win32_Process -Filter "Name LIKE 'python%' OR Name LIKE 'uwsgi%'" |
  Where-Object { (Invoke-CimMethod -InputObject $_ -MethodName GetOwnerSid).Sid -eq $me } |
  ForEach-Object { [PSCustomObject]@{
    pid = $_.ProcessId
    command = $_.CommandLine
    started = $_.CreationDate.ToUniversalTime().ToString('o')
    ports = @($ports["$($_.ProcessId)"] | ForEach-Object { $_.LocalPort } | Where-Object { $_ })
  } }
ConvertTo-Json -Compress -Depth 3 -InputObject @($found)
`;

const TIMEOUT_MS = 30_000;

/** The user's own Python processes, as PowerShell's Get-CimInstance and Get-NetTCPConnection tell of them. */
export async function windowsProcesses(): Promise<PythonProcess[]> {
  const argv = ['powershell.exe', '-NoProfile', '-NonInteractive', '-Command', SCRIPT];
  const { stdout, stderr } = await runShortProcess(argv, {
    cwd: process.env['SystemRoot'] ?? '.',
    environment: process.env,
    timeoutMs: TIMEOUT_MS,
  });
  if (stdout.trim() === '') throw new Error(`PowerShell lists no processes: ${stderr.trim()}`);
  return pythonProcessesOf(stdout);
}

/** The Python processes that the script's JSON names; what does not have the form is left out. */
export function pythonProcessesOf(json: string): PythonProcess[] {
  const listed: unknown = JSON.parse(json);
  if (!Array.isArray(listed)) return [];
  return (listed as (Listed | null)[]).flatMap((each) => {
    const { pid, command, started, ports } = each ?? {};
    if (typeof pid !== 'number' || typeof command !== 'string') return [];
    const argv = wordsOf(command);
    if (!isPython(argv[0] ?? '')) return [];
    const startedMs = typeof started === 'string' ? Date.parse(started) : NaN;
    return {
      pid,
      argv,
      ports: distinctPorts(
        Array.isArray(ports) ? ports.filter((port) => Number.isInteger(port)) : [],
      ),
      cwd: undefined,
      startedMs: Number.isNaN(startedMs) ? undefined : startedMs,
    };
  });
}

interface Listed {
  readonly pid?: unknown;
  readonly command?: unknown;
  readonly started?: unknown;
  readonly ports?: unknown;
}

/** A command line in words, as the C runtime parts it: quotes hold blanks, `\"` is a quote. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/(?:"(?:\\"|[^"])*"?|\\"|[^\s"])+/g)].map(([word]) =>
    word.replace(/\\"|"/g, (mark) => (mark === '"' ? '' : '"')),
  );
}
