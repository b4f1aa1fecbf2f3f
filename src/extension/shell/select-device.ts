/** "Select Device": where the network runs. The engine falls back to the CPU by itself and says so. */
import * as vscode from 'vscode';
import type { Device } from '../../protocol/requests';
import type { Services } from './services';
import { readSettings, section, updateWhereSet } from './settings';

interface DeviceChoice {
  device: Device;
  label: string;
  detail: string;
  /** Operating systems on which a native binary knows it; absent: all. */
  platforms?: NodeJS.Platform[];
}

function choices(): DeviceChoice[] {
  return [
    {
      device: 'auto',
      label: vscode.l10n.t('Automatic'),
      detail: vscode.l10n.t('The fastest that works; for these small models mostly the CPU.'),
    },
    { device: 'cpu', label: 'CPU', detail: vscode.l10n.t('Works everywhere; int8 models are fastest here.') },
    {
      device: 'webgpu',
      label: 'WebGPU',
      detail: vscode.l10n.t('Graphics card through Vulkan, Direct3D 12 or Metal.'),
      platforms: ['linux', 'win32', 'darwin'],
    },
    {
      device: 'dml',
      label: 'DirectML',
      detail: vscode.l10n.t('Graphics card through Direct3D 12.'),
      platforms: ['win32'],
    },
    {
      device: 'coreml',
      label: 'Core ML',
      detail: vscode.l10n.t("Apple's graphics and neural engines."),
      platforms: ['darwin'],
    },
    {
      device: 'cuda',
      label: 'CUDA',
      detail: vscode.l10n.t('NVIDIA graphics card; needs the CUDA libraries of ONNX Runtime.'),
      platforms: ['linux', 'win32'],
    },
    {
      device: 'wasm',
      label: 'WebAssembly',
      detail: vscode.l10n.t('No native code; four to six times slower. For machines on which nothing else loads.'),
    },
  ];
}

interface Shipped {
  contributes: { configuration: { properties: Record<string, { enum?: string[] } | undefined> }[] };
}

/** What this package can run: its manifest says so (scripts/package.mjs). */
function shipped({ extension }: vscode.ExtensionContext): readonly string[] {
  const { contributes } = extension.packageJSON as Shipped;
  return contributes.configuration.flatMap(({ properties }) => properties[`${section}.device`]?.enum ?? []);
}

export async function selectDevice({ client, context, messages }: Services): Promise<void> {
  try {
    const { device } = readSettings();
    const offered = shipped(context);
    const items = choices()
      .filter(
        ({ device: each, platforms }) =>
          offered.includes(each) && (platforms === undefined || platforms.includes(process.platform)),
      )
      .map((choice) => ({
        label: choice.label,
        detail: choice.detail,
        choice,
        description: choice.device === device ? vscode.l10n.t('chosen') : '',
      }));
    const chosen = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Select Device'),
      placeHolder: client.status.device ? vscode.l10n.t('Running on {0}', client.status.device) : '',
    });
    if (chosen) await updateWhereSet('device', chosen.choice.device);
  } catch (error) {
    messages.failure(error);
  }
}
