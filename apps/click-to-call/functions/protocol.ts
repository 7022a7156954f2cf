// The part of the event and action protocol that these handlers use.

export interface CallEvent {
  SchemaVersion: string;
  Sequence: number;
  InvocationEventType: string;
  ActionData?: ActionData;
  CallDetails: {
    TransactionId: string;
    TransactionAttributes?: Record<string, string>;
    Participants: Participant[];
  };
}

export interface Participant {
  CallId: string;
  ParticipantTag: "LEG-A" | "LEG-B";
  To: string;
  From: string;
  Direction: "Inbound" | "Outbound";
  Status?: "Connected" | "Disconnected";
}

export interface ActionData {
  Type: string;
  Parameters: { Arguments?: Record<string, string>; [key: string]: unknown };
  ReceivedDigits?: string;
  ErrorType?: string;
  ErrorMessage?: string;
}

export interface Action {
  Type: string;
  Parameters: Record<string, unknown>;
}

export interface CallResponse {
  SchemaVersion: "1.0";
  Actions: Action[];
  TransactionAttributes?: Record<string, string>;
}
