// SPDX-License-Identifier: MIT
//
// message-mono.cs - for message-mono.sh: message-peer.c, as Mono's System.ServiceModel.Channels does it. What it reads
// and writes, and its arguments, are those of that program.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.ServiceModel;
using System.ServiceModel.Channels;
using System.Text;
using System.Xml;

class MessagePeer
{
    static readonly Dictionary<string, MessageVersion> versions = new Dictionary<string, MessageVersion> {
        {"11/09", MessageVersion.CreateVersion(EnvelopeVersion.Soap11, AddressingVersion.WSAddressingAugust2004)},
        {"11/10", MessageVersion.CreateVersion(EnvelopeVersion.Soap11, AddressingVersion.WSAddressing10)},
        {"11/no", MessageVersion.CreateVersion(EnvelopeVersion.Soap11, AddressingVersion.None)},
        {"12/09", MessageVersion.CreateVersion(EnvelopeVersion.Soap12, AddressingVersion.WSAddressingAugust2004)},
        {"12/10", MessageVersion.CreateVersion(EnvelopeVersion.Soap12, AddressingVersion.WSAddressing10)},
        {"12/no", MessageVersion.CreateVersion(EnvelopeVersion.Soap12, AddressingVersion.None)}};

    // --- Fields ---

    static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (byte b in Encoding.UTF8.GetBytes(text ?? ""))
            if (b < 128 && (char.IsLetterOrDigit((char)b) || "/:.-#_".IndexOf((char)b) >= 0))
                escaped.Append((char)b);
            else
                escaped.AppendFormat("%{0:x2}", b);
        return escaped.ToString();
    }

    static void Add(StringBuilder fields, string name, string value)
    {
        if (!string.IsNullOrEmpty(value))
            fields.Append(" " + name + "=" + value);
    }

    // Without reference parameters, which Mono cannot read.
    static string Address(EndpointAddress address)
    {
        if (address == null)
            return null;
        string uri = address.Uri.OriginalString;
        return uri.EndsWith("anonymous", StringComparison.OrdinalIgnoreCase) ? "anonymous" : Escape(uri);
    }

    // A header of its own: name, namespace, mustUnderstand, text. Those of addressing are not.
    static void AddHeaders(StringBuilder fields, Message message)
    {
        string addressing = Namespace(message.Version.Addressing);
        for (int i = 0; i < message.Headers.Count; i++)
        {
            MessageHeaderInfo header = message.Headers[i];
            if (header.Namespace == addressing)
                continue;
            string text;
            using (XmlReader reader = message.Headers.GetReaderAtHeader(i))
                text = reader.ReadElementString();
            Add(fields, "header", "{" + Escape(header.Namespace) + "}" + header.Name + "," +
                                  (header.MustUnderstand ? "1" : "0") + "," + Escape(text));
        }
    }

    static string Namespace(AddressingVersion version)
    {
        return version == AddressingVersion.WSAddressing10           ? "http://www.w3.org/2005/08/addressing"
               : version == AddressingVersion.WSAddressingAugust2004 ? "http://schemas.xmlsoap.org/ws/2004/08/addressing"
                                                                     : "http://schemas.microsoft.com/ws/2005/05/addressing/none";
    }

    static string HeaderFields(Message message)
    {
        var fields = new StringBuilder();
        MessageHeaders headers = message.Headers;
        Add(fields, "action", Escape(headers.Action));
        Add(fields, "to", headers.To == null ? null : headers.To.OriginalString.EndsWith("anonymous") ? "anonymous"
                                                                                           : Escape(headers.To.OriginalString));
        if (message.Version.Addressing != AddressingVersion.None)
        {
            Add(fields, "id", headers.MessageId == null ? null : Escape(headers.MessageId.ToString()));
            Add(fields, "relates", headers.RelatesTo == null ? null : Escape(headers.RelatesTo.ToString()));
            Add(fields, "from", Address(headers.From));
            Add(fields, "reply", Address(headers.ReplyTo));
            Add(fields, "fault-to", Address(headers.FaultTo));
        }
        AddHeaders(fields, message);
        return fields.ToString();
    }

    static string FaultFields(MessageFault fault)
    {
        var fields = new StringBuilder();
        for (FaultCode code = fault.Code; code != null; code = code.SubCode)
            Add(fields, "code", "{" + Escape(code.Namespace) + "}" + code.Name);
        foreach (FaultReasonText text in fault.Reason.Translations)
            Add(fields, "reason", Escape(text.Text) + "," + Escape(text.XmlLang));
        if (fault.HasDetail)
            using (XmlReader reader = fault.GetReaderAtDetailContents())
            {
                reader.MoveToContent();
                Add(fields, "detail", "{" + Escape(reader.NamespaceURI) + "}" + reader.LocalName + "," +
                                      Escape(reader.ReadElementString()));
            }
        return fields.ToString();
    }

    // --- Reading ---

    static string ReadLine(Stream stream)
    {
        var line = new StringBuilder();
        int b;
        while ((b = stream.ReadByte()) >= 0 && b != '\n')
            line.Append((char)b);
        return b < 0 && line.Length == 0 ? null : line.ToString();
    }

    // How messages are encoded: "text", which needs no encoder; "binary", which Mono has for one version; "mtom".
    static string encoding = "text";

    static MessageEncoder Encoder(MessageVersion version)
    {
        MessageEncodingBindingElement element =
            encoding == "binary" ? (MessageEncodingBindingElement) new BinaryMessageEncodingBindingElement()
                                 : new MtomMessageEncodingBindingElement();
        element.MessageVersion = version;
        return element.CreateMessageEncoderFactory().Encoder;
    }

    // What a body of bytes is, as its length and the sum of all.
    static string Bytes(byte[] bytes)
    {
        int sum = 0;
        foreach (byte b in bytes)
            sum += b;
        return " bytes=" + bytes.Length + "," + sum;
    }

    static Message ReadText(byte[] bytes, string version)
    {
        return Message.CreateMessage(XmlReader.Create(new MemoryStream(bytes)), 1 << 16, versions[version]);
    }

    static string Read(byte[] bytes, string version)
    {
        Message message = encoding == "text" ? ReadText(bytes, version)
                          // Without a type of content, the package begins with it.
                          : Encoder(versions[version]).ReadMessage(new MemoryStream(bytes), 1 << 16,
                                                                   encoding == "mtom" ? null : "application/soap+msbin1");
        // Mono refuses to make a fault of what an encoder has read, even if it has written that itself.
        if (encoding != "text" && message.IsFault)
        {
            var text = new MemoryStream();
            using (XmlWriter writer = XmlWriter.Create(text))
                message.WriteMessage(writer);
            message = ReadText(text.ToArray(), version);
        }
        string fields = HeaderFields(message);
        if (message.IsFault)
            return fields + FaultFields(MessageFault.CreateFault(message, 1 << 16));
        if (message.IsEmpty)
            return fields;
        XmlDictionaryReader reader = message.GetReaderAtBodyContents();
        if (reader.LocalName == "x")
            return fields + Bytes(reader.ReadElementContentAsBase64());
        return fields + " body={" + Escape(reader.NamespaceURI) + "}" + reader.LocalName + "," +
               Escape(reader.ReadElementString());
    }

    static void ReadAll()
    {
        Stream stream = Console.OpenStandardInput();
        string line;
        while ((line = ReadLine(stream)) != null)
        {
            string[] words = line.Split(' ');
            var bytes = new byte[int.Parse(words[0])];
            int count = 0, got;
            while (count < bytes.Length && (got = stream.Read(bytes, count, bytes.Length - count)) > 0)
                count += got;
            string fields;
            try
            {
                fields = Read(bytes, words[1]);
            }
            catch (Exception e)
            {
                fields = " refused: " + e.GetType().Name + ": " + e.Message.Replace('\n', ' ');
            }
            Console.Out.Write(words[1] + fields + "\n");
        }
    }

    // --- Writing ---

    static Random random;

    static bool Maybe()
    {
        return random.Next(2) == 0;
    }

    static string Text()
    {
        string[] texts = {"a", "some text", "<&>\"'", "\u00e9\u4e2d", "x]]>y", " between spaces ", "1"};
        return texts[random.Next(texts.Length)];
    }

    static EndpointAddress NewAddress(AddressingVersion version)
    {
        Uri uri = Maybe() ? new Uri("http://host" + random.Next(100) + "/path/" + random.Next(100))
                          : new Uri(Namespace(version) + (version == AddressingVersion.WSAddressing10 ? "/anonymous"
                                                                                                      : "/role/anonymous"));
        return new EndpointAddress(uri);
    }

    static MessageFault NewFault(MessageVersion version)
    {
        bool is12 = version.Envelope == EnvelopeVersion.Soap12;
        FaultCode below = Maybe() ? new FaultCode("Sub" + random.Next(3), "urn:sub") : null;
        FaultCode code = Maybe() ? (is12 && below != null ? FaultCode.CreateSenderFaultCode(below)
                                                           : new FaultCode(is12 ? "Sender" : "Client", EnvelopeNamespace(version)))
                                 : new FaultCode(is12 ? "Receiver" : "Server", EnvelopeNamespace(version));
        var texts = new List<FaultReasonText>();
        texts.Add(new FaultReasonText(Text(), "en"));
        if (is12 && Maybe())
            texts.Add(new FaultReasonText(Text(), "de-DE"));
        return Maybe() ? MessageFault.CreateFault(code, new FaultReason(texts))
                       : MessageFault.CreateFault(code, new FaultReason(texts), Text(), new Plain());
    }

    // A detail that is one element with a text.
    class Plain : System.Runtime.Serialization.XmlObjectSerializer
    {
        public override bool IsStartObject(XmlDictionaryReader reader) { return true; }
        public override object ReadObject(XmlDictionaryReader reader, bool verify) { return reader.ReadElementString(); }
        public override void WriteStartObject(XmlDictionaryWriter writer, object graph) { writer.WriteStartElement("d", "urn:d"); }
        public override void WriteObjectContent(XmlDictionaryWriter writer, object graph) { writer.WriteString((string)graph); }
        public override void WriteEndObject(XmlDictionaryWriter writer) { writer.WriteEndElement(); }
    }

    static string EnvelopeNamespace(MessageVersion version)
    {
        return version.Envelope == EnvelopeVersion.Soap12 ? "http://www.w3.org/2003/05/soap-envelope"
                                                          : "http://schemas.xmlsoap.org/soap/envelope/";
    }

    class Body : BodyWriter
    {
        readonly string text;
        readonly byte[] bytes;
        public Body(string text, byte[] bytes) : base(true)
        {
            this.text = text;
            this.bytes = bytes;
        }
        protected override void OnWriteBodyContents(XmlDictionaryWriter writer)
        {
            if (bytes == null)
            {
                writer.WriteElementString("b", "urn:b", text);
                return;
            }
            writer.WriteStartElement("x", "urn:b");
            writer.WriteBase64(bytes, 0, bytes.Length);
            writer.WriteEndElement();
        }
    }

    static void Write(Stream stream, string name)
    {
        MessageVersion version = versions[name];
        bool isFault = random.Next(4) == 0;
        MessageFault fault = isFault ? NewFault(version) : null;
        string text = Text();
        byte[] content = encoding != "text" && Maybe() ? new byte[random.Next(3000)] : null;
        if (content != null)
            random.NextBytes(content);
        Message message = isFault ? Message.CreateMessage(version, fault, "urn:action")
                                  : Message.CreateMessage(version, "urn:action", new Body(text, content));
        MessageHeaders headers = message.Headers;
        if (Maybe())
            headers.To = new Uri("http://host/to/" + random.Next(100));
        if (version.Addressing != AddressingVersion.None)
        {
            if (Maybe())
                headers.MessageId = Maybe() ? new UniqueId(Guid.NewGuid()) : new UniqueId("urn:id:" + random.Next(100));
            if (Maybe())
                headers.RelatesTo = new UniqueId("urn:id:" + random.Next(100));
            if (Maybe())
                headers.From = NewAddress(version.Addressing);
            if (Maybe())
                headers.ReplyTo = NewAddress(version.Addressing);
            if (Maybe())
                headers.FaultTo = NewAddress(version.Addressing);
        }
        for (int i = random.Next(4); i > 0; i--)
            headers.Add(MessageHeader.CreateHeader("h" + i, "urn:h" + i, Text(), new Content(), Maybe()));
        string fields = HeaderFields(message) + (isFault           ? FaultFields(fault)
                                                 : content != null ? Bytes(content)
                                                                   : " body={urn:b}b," + Escape(text));
        var bytes = new MemoryStream();
        if (encoding != "text")
            Encoder(version).WriteMessage(message, bytes);
        else
            using (XmlWriter writer = XmlWriter.Create(bytes, new XmlWriterSettings {Encoding = new UTF8Encoding(false)}))
                message.WriteMessage(writer);
        byte[] line = Encoding.ASCII.GetBytes(bytes.Length + " " + name + fields + "\n");
        stream.Write(line, 0, line.Length);
        bytes.WriteTo(stream);
    }

    // The content of a header that is a text.
    class Content : System.Runtime.Serialization.XmlObjectSerializer
    {
        public override bool IsStartObject(XmlDictionaryReader reader) { return true; }
        public override object ReadObject(XmlDictionaryReader reader, bool verify) { return reader.ReadElementString(); }
        public override void WriteStartObject(XmlDictionaryWriter writer, object graph) { }
        public override void WriteObjectContent(XmlDictionaryWriter writer, object graph) { writer.WriteString((string)graph); }
        public override void WriteEndObject(XmlDictionaryWriter writer) { }
    }

    static void Main(string[] arguments)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        encoding = arguments[1];
        if (arguments[0] == "read")
        {
            ReadAll();
            return;
        }
        random = new Random(int.Parse(arguments[2]));
        Stream stream = Console.OpenStandardOutput();
        var names = new List<string>(versions.Keys);
        for (int i = int.Parse(arguments[3]); i > 0; i--)
            Write(stream, encoding == "binary" ? "12/10" : names[i % names.Count]);
        stream.Flush();
    }
}
