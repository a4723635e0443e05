// SPDX-License-Identifier: MIT
//
// channel-tcp-mono.cs - for channel-tcp-mono.sh: channel-tcp-peer.c, as Mono's NetTcpBinding does it. Its arguments are
// those of that program, but that "serve" ends when its input does.

using System;
using System.Net;
using System.Net.Sockets;
using System.ServiceModel;
using System.ServiceModel.Channels;
using System.Text;
using System.Xml;

[ServiceContract(Namespace = "urn:tcp")]
interface IReverse
{
    [OperationContract(Action = "urn:ask", ReplyAction = "urn:answer")]
    Message Ask(Message request);
}

class TextBody : BodyWriter
{
    readonly string text;

    public TextBody(string text) : base(true)
    {
        this.text = text;
    }

    protected override void OnWriteBodyContents(XmlDictionaryWriter writer)
    {
        writer.WriteElementString("text", "urn:tcp", text);
    }
}

[ServiceBehavior(InstanceContextMode = InstanceContextMode.Single)]
class Peer : IReverse
{
    static readonly int[] sizes = {1, 2, 17, 127, 128, 1000, 9000, 50000};

    static string MakeText(int number)
    {
        var text = new StringBuilder();
        int length = sizes[number % sizes.Length];
        for (int i = 0; i < length; i++)
            text.Append(i % 50 == 49 ? '\u20ac' : (char)('a' + (i * 7 + number) % 26));
        return text.ToString();
    }

    static string Reverse(string text)
    {
        char[] chars = text.ToCharArray();
        Array.Reverse(chars);
        return new string(chars);
    }

    static string Read(Message message)
    {
        XmlDictionaryReader reader = message.GetReaderAtBodyContents();
        return reader.ReadElementContentAsString("text", "urn:tcp");
    }

    public Message Ask(Message request)
    {
        return Message.CreateMessage(request.Version, "urn:answer", new TextBody(Reverse(Read(request))));
    }

    static Binding MakeBinding(string mode)
    {
        if (mode == "buffered" || mode == "streamed")
        {
            var binding = new NetTcpBinding(SecurityMode.None);
            binding.TransferMode = mode == "streamed" ? TransferMode.Streamed : TransferMode.Buffered;
            binding.MaxReceivedMessageSize = 1 << 20;
            binding.ReaderQuotas.MaxStringContentLength = 1 << 20;
            return binding;
        }
        var transport = new TcpTransportBindingElement();
        transport.MaxReceivedMessageSize = 1 << 20;
        MessageEncodingBindingElement encoding =
            mode == "mtom" ? (MessageEncodingBindingElement)new MtomMessageEncodingBindingElement()
                           : new TextMessageEncodingBindingElement(MessageVersion.Default, Encoding.UTF8);
        return new CustomBinding(encoding, transport);
    }

    static void AskAll(string mode, string url, int count)
    {
        var factory = new ChannelFactory<IReverse>(MakeBinding(mode), new EndpointAddress(url));
        IReverse channel = null;
        for (int i = 0; i < count; i++)
        {
            if (channel == null)
                channel = factory.CreateChannel();
            string text = MakeText(i);
            Message reply = channel.Ask(
                Message.CreateMessage(MessageVersion.Default, "urn:ask", new TextBody(text)));
            if (Reverse(Read(reply)) != text)
                throw new Exception("answer " + i + " is another one");
            reply.Close();
            if (mode == "streamed")
            {
                ((IClientChannel)channel).Close();
                channel = null;
            }
        }
        if (channel != null)
            ((IClientChannel)channel).Close();
        factory.Close();
    }

    static int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }

    static void Serve(string mode)
    {
        int port = FreePort();
        var host = new ServiceHost(new Peer());
        host.AddServiceEndpoint(typeof(IReverse), MakeBinding(mode), "net.tcp://localhost:" + port + "/service");
        host.Open();
        Console.WriteLine(port);
        Console.Out.Flush();
        Console.In.ReadToEnd();
        Environment.Exit(0);
    }

    static int Main(string[] args)
    {
        try
        {
            if (args[0] == "ask")
                AskAll(args[1], args[2], int.Parse(args[3]));
            else
                Serve(args[1]);
            Console.WriteLine("ok");
            Console.Out.Flush();
            Environment.Exit(0);
            return 0;
        }
        catch (Exception e)
        {
            Console.WriteLine(e);
            Console.Out.Flush();
            Environment.Exit(1);
            return 1;
        }
    }
}
